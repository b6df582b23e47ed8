import * as z from 'zod';
import { messageLine } from './message-text.ts';

const mostCharacters = 200;
const mostLines = 200;

const state = z.looseObject({
	result: z.boolean().nullable(),
	changes: z.unknown(),
	comment: z.unknown(),
	name: z.unknown(),
	__run_num__: z.number().optional(),
});
const highstate = z.record(z.string().regex(/_\|-.*_\|-.*_\|-/su), state);

type State = z.infer<typeof state>;

/** What applying states came to on one minion. */
export type StatesReport = {
	/** `3 states: 2 ok, 1 failed, 1 changed`. */
	readonly says: string;
	readonly isGood: boolean;
	/** What changed, or with `test=True` would: `+` and `-` begin lines of a difference. Then what failed. */
	readonly lines: readonly string[];
};

/** Undefined for a return that is no highstate. */
export function statesReport(data: unknown): StatesReport | undefined {
	const states = highstate.safeParse(data).data;
	if (!states) return undefined;
	const ordered = Object.entries(states).sort(
		([, one], [, other]) => numberOf(one) - numberOf(other),
	);
	const failed = ordered.filter(([, { result }]) => result === false);
	const changed = ordered.filter(([, { changes, result }]) => result === null || hasAny(changes));
	const counts = [
		`${ordered.length - failed.length} ok`,
		...(failed.length > 0 ? [`${failed.length} failed`] : []),
		...(changed.length > 0 ? [`${changed.length} ${changedWord(changed)}`] : []),
	];
	const lines = [
		...changed.flatMap(([key, found]) => changeLines(key, found)),
		...failed.map(([key, { comment }]) => shown(`✗ ${titleOf(key)}: ${text(comment)}`)),
	];
	return {
		says: `${ordered.length} ${ordered.length === 1 ? 'state' : 'states'}: ${counts.join(', ')}`,
		isGood: failed.length === 0,
		lines: bounded(lines),
	};
}

function numberOf(found: State): number {
	return found.__run_num__ ?? 0;
}

function changedWord(changed: readonly (readonly [string, State])[]): string {
	return changed.some(([, { result }]) => result === null) ? 'would change' : 'changed';
}

function hasAny(changes: unknown): boolean {
	return typeof changes === 'object' && changes !== null && Object.keys(changes).length > 0;
}

/** `file_|-motd_|-/etc/motd_|-managed` as `file.managed /etc/motd`. */
function titleOf(key: string): string {
	const [module = '', , name = '', fun = ''] = key.split('_|-');
	return `${module}.${fun} ${name}`;
}

function changeLines(key: string, { changes, comment, result }: State): string[] {
	const differences = hasAny(changes) ? differencesIn(changes, '') : [];
	const says = result === null && differences.length === 0 ? `: ${text(comment)}` : '';
	return [shown(`${titleOf(key)}${says}`), ...differences.map(shown)];
}

/** Salt's own ways to tell of a change: a diff as text, `old` and `new`, and maps of these. */
function differencesIn(changes: unknown, path: string): string[] {
	if (typeof changes !== 'object' || changes === null) return [`+ ${labelled(path, changes)}`];
	const entries = Object.entries(changes);
	if (entries.length > 0 && entries.every(([key]) => key === 'old' || key === 'new')) {
		return entries
			.filter(([, value]) => value !== '' && value !== null)
			.sort(([one], [other]) => (one < other ? 1 : -1))
			.map(([key, value]) => `${key === 'old' ? '-' : '+'} ${labelled(path, value)}`);
	}
	return entries.flatMap(([key, value]) =>
		key === 'diff' && typeof value === 'string'
			? diffLines(value)
			: differencesIn(value, path === '' ? key : `${path}.${key}`),
	);
}

function diffLines(diff: string): string[] {
	const lines = diff.split('\n').filter((line, at) => /^[+-]/u.test(line) && !isHeader(line, at));
	return lines.length > 0 ? lines : [`+ ${diff}`];
}

/** The two lines that name the files stand first. */
function isHeader(line: string, at: number): boolean {
	return at < 2 && (line.startsWith('--- ') || line.startsWith('+++ '));
}

function labelled(path: string, value: unknown): string {
	return path === '' ? text(value) : `${path}: ${text(value)}`;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function shown(line: string): string {
	return messageLine(line, mostCharacters);
}

function bounded(lines: readonly string[]): readonly string[] {
	if (lines.length <= mostLines) return lines;
	return [...lines.slice(0, mostLines), `… ${lines.length - mostLines} more lines`];
}
