import * as z from 'zod';
import type { SaltReturn } from '../core/salt-tool.ts';
import { messageLine } from './message-text.ts';
import { statesReport } from './salt-states.ts';

const mostCharacters = 300;

/** What Salt writes of one minion's part in a job: on the bus, in the job cache, as salt-api. */
export const rawReturn = z.looseObject({
	return: z.unknown().optional(),
	retcode: z.unknown().optional(),
	success: z.unknown().optional(),
});
export type RawReturn = z.infer<typeof rawReturn>;

/** A return as it is to be judged: `success` may be missing or text, the code missing or one for each minion. */
export function saltReturn(minion: string, raw: RawReturn): SaltReturn {
	const retcode = codeOf(raw.retcode, minion);
	const isSuccess = raw.success !== false && String(raw.success).toLowerCase() !== 'false';
	const isGood = isSuccess && retcode === 0 && (statesReport(raw.return)?.isGood ?? true);
	return { minion, isGood, retcode, data: raw.return };
}

const job = z.looseObject({ Result: z.record(z.string(), rawReturn).default({}) });

/** The returns in the job cache's answer; none where it does not know the job yet. */
export function cachedReturns(data: unknown): readonly SaltReturn[] {
	const { Result } = job.safeParse(data).data ?? { Result: {} };
	return Object.entries(Result).map(([minion, raw]) => saltReturn(minion, raw));
}

function codeOf(retcode: unknown, minion: string): number {
	if (typeof retcode === 'number' || typeof retcode === 'bigint') return Number(retcode);
	if (typeof retcode !== 'object' || retcode === null) return 0;
	return codeOf(Object.entries(retcode).find(([id]) => id === minion)?.[1] ?? 0, minion);
}

/** One line of a return: a highstate counted, anything else as it is. All of it is the minion's text. */
export function toldOf({ minion, isGood, retcode, data }: SaltReturn): string {
	const says = statesReport(data)?.says ?? textOf(data);
	const code = retcode === 0 ? '' : ` (code ${retcode})`;
	return `${isGood ? '✓' : '✗'} ${minion}${code}: ${messageLine(says, mostCharacters)}`;
}

/** What a return says beyond its line. */
export function detailsOf({ data }: SaltReturn): readonly string[] {
	const report = statesReport(data);
	if (report) return report.lines;
	const text = textOf(data);
	return text.includes('\n') || text.length > mostCharacters ? text.split('\n') : [];
}

function textOf(data: unknown): string {
	if (typeof data === 'string') return data;
	return JSON.stringify(data, (_, part) => (typeof part === 'bigint' ? String(part) : part)) ?? '';
}
