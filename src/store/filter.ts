import { isoMs } from '../core/instant.ts';
import type { Kept, StepFilter } from '../core/store.ts';

/** Whether a record is one that the filter asks for; `last` is not looked at. */
export function fits({ step }: Kept, { id, kinds, since, until }: StepFilter): boolean {
	if (id !== undefined && step.id !== id) return false;
	if (kinds && !kinds.includes(step.kind)) return false;
	if (since !== undefined && step.at < inUtc(since)) return false;
	return until === undefined || step.at <= inUtc(until);
}

/** A time as steps write it, so that texts compare as times do. */
export function inUtc(time: string): string {
	return isoMs(Date.parse(time));
}
