import { type AskedNext, Doubt, type Progress, Refusal } from '../core/action.ts';
import type { Outcome } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import { reasonOf } from '../core/errors.ts';
import type { Undo } from '../core/plan.ts';
import type { LiveRun } from './live-run.ts';

export type Result = { readonly outcome: Outcome; readonly reason?: string };

export type Performing = {
	readonly run: LiveRun;
	readonly progress: AsyncIterable<Progress>;
	readonly clock: Clock;
	/** A run that takes longer is killed; milliseconds. */
	readonly timeoutMs: number;
	/** Resolves when the way back is durable: the deed is asked for more only then. */
	readonly keepUndo: (undo: Undo) => Promise<void>;
	/** Proposes what the deed asks for next. */
	readonly propose: (asked: AskedNext) => Promise<unknown>;
};

/** How long a killed deed may take to end; what has not ended then may still be at work. */
const graceMs = 10_000;

type Cut = { readonly isCut: true };

/** Drives a deed to its end and says how it ended: what cannot be proved is `unknown`. Never throws. */
export async function perform(performing: Performing): Promise<Result> {
	const { run, clock, timeoutMs } = performing;
	const cut = cutAfterKill(run.killed, clock);
	const cancel = clock.after(timeoutMs, () =>
		run.kill(`it took longer than ${timeoutMs / 1000} s`),
	);
	try {
		return await driven(performing, cut.promise);
	} catch (error) {
		return ended(error, run.killed);
	} finally {
		cancel();
		cut.cancel();
	}
}

async function driven(performing: Performing, cut: Promise<Cut>): Promise<Result> {
	const { run, progress, keepUndo } = performing;
	const deed = progress[Symbol.asyncIterator]();
	for (;;) {
		const next = await Promise.race([deed.next(), cut]);
		if ('isCut' in next)
			return { outcome: 'unknown', reason: `${said(run.killed)}, and did not end` };
		if (next.done) return withReason('ok', run.notes.join('; '));
		if (next.value.kind === 'undo') {
			const lost = await failureOf(keepUndo(next.value.undo));
			if (lost !== undefined) {
				await deed.return?.();
				return { outcome: 'failed', reason: `the way back could not be written down: ${lost}` };
			}
		}
		if (next.value.kind === 'ask') await ask(performing, next.value);
		run.hear(next.value);
		const isBetween = next.value.kind === 'step' && next.value.state === 'done';
		if (!isBetween || run.stopped === undefined) continue;
		await deed.return?.();
		return { outcome: 'failed', reason: run.stopped };
	}
}

/** Where the rest cannot be proposed the deed has still done its part: that is said, and fails nothing. */
async function ask({ run, propose }: Performing, asked: AskedNext): Promise<void> {
	try {
		await propose(asked);
	} catch (error) {
		run.hear({ kind: 'note', says: `what comes next cannot be proposed: ${reasonOf(error)}` });
	}
}

function ended(error: unknown, killed: AbortSignal): Result {
	if (error instanceof Doubt) return { outcome: 'unknown', reason: error.message };
	if (error instanceof Refusal) return { outcome: 'refused', reason: error.message };
	return { outcome: 'failed', reason: killed.aborted ? said(killed) : reasonOf(error) };
}

async function failureOf(promise: Promise<void>): Promise<string | undefined> {
	return promise.then(() => undefined, reasonOf);
}

function withReason(outcome: Outcome, reason: string): Result {
	return reason === '' ? { outcome } : { outcome, reason };
}

function said(killed: AbortSignal): string {
	return String(killed.reason);
}

/** Resolves when a killed deed has had its time to end. */
function cutAfterKill(
	killed: AbortSignal,
	clock: Clock,
): { readonly promise: Promise<Cut>; cancel(): void } {
	const { promise, resolve } = Promise.withResolvers<Cut>();
	let cancelTimer = () => {};
	const onKill = () => {
		cancelTimer = clock.after(graceMs, () => resolve({ isCut: true }));
	};
	killed.addEventListener('abort', onKill, { once: true });
	return {
		promise,
		cancel() {
			cancelTimer();
			killed.removeEventListener('abort', onKill);
		},
	};
}
