import { Failure, reasonOf } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { compileFilling, type Filling, FillingError } from '../template/filling.ts';
import type { Path } from '../template/path.ts';
import { earlyNames, lateNames } from './names.ts';
import type { PlaybookSpec } from './schema.ts';

/** Tells what is wrong at a path. */
export type Objecting = (path: Path, says: string) => void;

/** What a playbook's templates may read, as its steps go by. */
export class Readings {
	readonly #fixed: readonly string[];
	readonly #object: Objecting;
	/** Names that steps publish which run in one go with what comes next. */
	readonly #published = new Set<string>();
	/** Names that steps before a pause publish: known when the rest is planned. */
	readonly #settled = new Set<string>();

	constructor({ input, vars }: PlaybookSpec, object: Objecting) {
		const inputs = input.map(({ name }) => name);
		this.#fixed = [...inputs, ...Object.keys(vars), ...earlyNames, ...lateNames];
		this.#object = object;
	}

	/** A value whose templates read only names there are; `own` are those of a loop. */
	filling(value: unknown, path: Path, own: readonly string[] = []): Filling {
		try {
			const filling = compileFilling(value, path);
			this.#expectKnown(filling, path, own);
			return filling;
		} catch (thrown) {
			if (!(thrown instanceof Failure)) throw thrown;
			this.#object(thrown instanceof FillingError ? thrown.path : path, reasonOf(thrown));
			return compileFilling('');
		}
	}

	optional(
		source: string | undefined,
		path: Path,
		own: readonly string[] = [],
	): Filling | undefined {
		return source === undefined ? undefined : this.filling(source, path, own);
	}

	/** Whether it needs what steps give that run in the same go. */
	isLate({ reads }: Filling): boolean {
		const late: readonly string[] = [...lateNames, ...this.#published];
		return reads.some(([root]) => late.includes(String(root)));
	}

	publish(name: string): void {
		this.#published.add(name);
	}

	/** What comes next is planned when all before it has run. */
	pause(): void {
		for (const name of this.#published) this.#settled.add(name);
		this.#published.clear();
	}

	#expectKnown({ reads }: Filling, path: Path, own: readonly string[]): void {
		const known = [...this.#fixed, ...this.#published, ...this.#settled, ...own];
		const stray = reads.find(([root]) => !known.includes(String(root)));
		if (stray === undefined) return;
		const name = String(stray[0]);
		this.#object(path, `nothing here is called ${name}${didYouMean(name, known)}`);
	}
}
