import { type Lookup, type Path, valueAt } from '../template/path.ts';

/** Names a template may read once earlier steps have run. */
export const lateNames = ['steps', 'outcome', 'reason', 'out', 'says'] as const;
/** Names that are there from the start, beside inputs and vars. */
export const earlyNames = ['run', 'operator'] as const;

/** What a step gave. */
export type StepResult = {
	readonly outcome: 'ok' | 'failed' | 'refused' | 'unknown' | 'skipped';
	/** Its notes, or why it did not succeed. */
	readonly says: string;
	/** What it printed, at most 64 KiB. */
	readonly out: string;
};

/** The values that a playbook's templates read: later ones hide earlier ones of the same name. */
export class Names {
	readonly #values: Map<string, unknown>;

	constructor(values: Iterable<readonly [string, unknown]>) {
		this.#values = new Map(values);
	}

	set(name: string, value: unknown): void {
		this.#values.set(name, value);
	}

	/** The same with some more, which stay its own. */
	with(values: Readonly<Record<string, unknown>>): Names {
		return new Names([...this.#values, ...Object.entries(values)]);
	}

	readonly lookup: Lookup = ([root, ...rest]: Path) =>
		valueAt(this.#values.get(String(root)), rest);
}
