import { type Progress, Refusal } from '../core/action.ts';
import { pause } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { HostTool } from '../core/host-tool.ts';
import type { Tools } from '../core/tools.ts';
import { peersOf } from './connections.ts';
import { applyRules, deleteTable, isLockedDown, savedRuleset } from './firewall.ts';
import { type Mark, readMark, removeMark, writeMark } from './lockdown-mark.ts';
import { type Lockdown, undoOf } from './lockdown-plan.ts';
import { lockdownRules, lockdownTable } from './lockdown-rules.ts';
import { wayText } from './openings.ts';

const lookMs = 500;

/** Closes the host and waits for its confirmation; the outcome is a failure where it was reverted instead. */
export async function* runLockdown(
	lockdown: Lockdown,
	revertMs: number,
	tools: Tools,
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	const { host } = lockdown;
	const release = await host.lock('lockdown');
	try {
		if (await isLockedDown(host, stop)) throw new Refusal(`${host.name} is locked down already`);
		const mark = yield* prepare(lockdown, revertMs, tools, stop);
		yield* close(lockdown, mark, stop);
	} finally {
		await release();
	}
	yield { kind: 'step', step: 3, state: 'started', says: `eventctl confirm ${tools.run}` };
	const by = await confirmation(host, tools, stop);
	yield { kind: 'step', step: 3, state: 'done', says: `confirmed from ${by}` };
}

/** Steps 0 and 1: the way back stands, and is stored, before anything is closed. */
async function* prepare(
	{ host, openings }: Lockdown,
	revertMs: number,
	{ run, clock }: Tools,
	stop: AbortSignal,
): AsyncGenerator<Progress, Mark> {
	const { ssh, sshPort, keep } = openings;
	yield { kind: 'step', step: 0, state: 'started' };
	const saved = await savedRuleset(host, stop);
	yield { kind: 'undo', undo: undoOf(host.name, saved) };
	yield { kind: 'step', step: 0, state: 'done', says: `sha256 ${saved.sha256.slice(0, 12)}` };
	yield { kind: 'step', step: 1, state: 'started' };
	const revertsAt = clock.now() + revertMs;
	const revert = ['nft', 'delete', 'table', ...lockdownTable];
	const fuse = await host.arm(`eventctl-unlock-${run}`, revertMs, revert);
	yield { kind: 'step', step: 1, state: 'done' };
	return { run, ssh: [...ssh], sshPort, keep: keep.map(wayText), revertsAt, fuse, saved };
}

/** Step 2. Whoever is connected right after it may have been so before: only a later login proves the way in. */
async function* close(
	{ host, openings }: Lockdown,
	mark: Mark,
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	yield { kind: 'step', step: 2, state: 'started' };
	try {
		await writeMark(host, mark);
		await applyRules(lockdownRules(openings), host, stop);
		await writeMark(host, { ...mark, before: [...(await peersOf(openings.sshPort, host))] });
	} catch (thrown) {
		await takeBack(host, mark);
		throw thrown;
	}
	yield { kind: 'step', step: 2, state: 'done' };
}

/** Waits until a new login confirms; answers its address. Throws where it was reverted instead. */
async function confirmation(host: HostTool, tools: Tools, stop: AbortSignal): Promise<string> {
	for (;;) {
		const mark = await readMark(host);
		if (mark?.run !== tools.run)
			throw new Failure('failed', 'it was unlocked before anybody confirmed it');
		if (mark.confirmedBy !== undefined) return mark.confirmedBy;
		if (stop.aborted) {
			await takeBack(host, mark);
			throw new Failure(
				'failed',
				'it was stopped before anybody confirmed it: the host is open as before',
			);
		}
		if (tools.clock.now() >= mark.revertsAt) return reverted(host, mark, tools.run);
		await pause(tools.clock, lookMs, stop);
	}
}

/** The time is over. A confirmation that came just now is one all the same: `confirm` and this hold one lock. */
async function reverted(host: HostTool, mark: Mark, run: string): Promise<string> {
	const release = await host.lock('lockdown');
	try {
		const last = await readMark(host);
		if (last?.confirmedBy !== undefined) return last.confirmedBy;
		await takeBack(host, mark);
	} finally {
		await release();
	}
	throw new Failure(
		'failed',
		`no new SSH login said eventctl confirm ${run} in time: the host is open as before`,
	);
}

/** Opens the host again, whatever came of the signal that stopped us. */
async function takeBack(host: HostTool, { fuse }: Mark): Promise<void> {
	const never = new AbortController().signal;
	await deleteTable(host, never);
	await host.disarm(fuse);
	await removeMark(host);
}
