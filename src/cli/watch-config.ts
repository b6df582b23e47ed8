import { type Loaded, loadConfig } from '../config/load.ts';
import { type Clock, systemClock } from '../core/clock.ts';
import { reasonOf } from '../core/errors.ts';
import { configFiles } from './disk.ts';
import { type Movable, moveSources } from './move-sources.ts';
import { type Planned, sourcesOf } from './plan.ts';
import type { Wanted } from './wanted.ts';
import { watch } from './watch.ts';

export type ConfigWatch = {
	readonly engine: Movable;
	/** What is in force when the watch begins. */
	readonly planned: Planned;
	readonly wanted: Wanted;
	readonly clock?: Clock;
	readonly notice: (tone: 'good' | 'bad', text: string) => void;
};

type Look = { readonly content: string; readonly loaded: Loaded | string };

/**
 * Looks at the configuration until `stop` and opens, closes and reopens sources as it says. One with an error is told
 * with its place, and the one before stays in force; what else changed is told to count at the next start.
 */
export async function watchConfig(
	{ engine, planned, wanted, notice, clock = systemClock }: ConfigWatch,
	stop: AbortSignal,
): Promise<void> {
	let inForce = planned;
	const put = async (loaded: Loaded) => {
		const before = inForce;
		const changed = changedKeys(before.loaded, loaded);
		const sources = changed.includes('sources') ? await sourcesOf(wanted, loaded) : before.sources;
		inForce = { loaded, sources };
		const done = await moveSources(engine, before.sources, sources);
		notice('good', saysOf(done, changed));
	};
	const refuse = (why: string) => notice('bad', `the configuration before stays in force: ${why}`);
	const onChange = ({ loaded }: Look) =>
		typeof loaded === 'string'
			? refuse(loaded)
			: put(loaded).catch((error) => refuse(reasonOf(error)));
	await watch(
		{ look: () => looked(wanted), seen: contentOf(planned.loaded), clock, onChange },
		stop,
	);
}

async function looked({ env, options }: Wanted): Promise<Look> {
	try {
		const loaded = await loadConfig(env, configFiles, options);
		return { content: contentOf(loaded), loaded };
	} catch (error) {
		return { content: reasonOf(error), loaded: reasonOf(error) };
	}
}

function contentOf({ config }: Loaded): string {
	return JSON.stringify(config);
}

/** The outermost keys that say something else now. */
function changedKeys(before: Loaded, now: Loaded): readonly string[] {
	const keys = new Set([...Object.keys(before.config), ...Object.keys(now.config)]);
	const said = ({ config }: Loaded, key: string) => JSON.stringify(Reflect.get(config, key));
	return [...keys].filter((key) => said(before, key) !== said(now, key));
}

function saysOf(done: readonly string[], changed: readonly string[]): string {
	const later = changed.filter((key) => key !== 'sources').join(', ');
	const says = [...done, ...(later ? [`${later}: at the next start`] : [])];
	return `the configuration was read anew: ${says.join('; ') || 'no source is another one'}`;
}
