import type { Environment } from '../core/connector.ts';

/** An environment that notes what was asked of it: how `doctor` knows where a connector looked. */
export type Watched = {
	readonly environment: Environment;
	/** The paths that were looked at, in order, each once. */
	readonly paths: ReadonlySet<string>;
	/** The names of the variables that were read. */
	readonly variables: ReadonlySet<string>;
	readonly askedForStdin: () => boolean;
};

export function watched(environment: Environment): Watched {
	const paths = new Set<string>();
	const variables = new Set<string>();
	let askedForStdin = false;
	const env = new Proxy(environment.env, {
		get(target, name) {
			if (typeof name !== 'string') return undefined;
			variables.add(name);
			return target[name];
		},
	});
	const noted = (path: string) => {
		paths.add(path);
		return path;
	};
	return {
		paths,
		variables,
		askedForStdin: () => askedForStdin,
		environment: {
			env,
			get stdinIsPiped() {
				askedForStdin = true;
				return environment.stdinIsPiped;
			},
			read: (path) => environment.read(noted(path)),
			list: (path) => environment.list(noted(path)),
			exists: (path) => environment.exists(noted(path)),
		},
	};
}
