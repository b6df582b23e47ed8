import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Approval } from '../../src/core/approval.ts';
import { isOver } from '../../src/engine/audit-log.ts';
import { failpoints } from '../../src/engine/failpoint.ts';
import { olga } from './an-approval.ts';
import { respondOnDisk } from './on-disk.ts';

export type Massacre = {
	readonly approvals: number;
	readonly executors: number;
	/** How often an executor dies at each failpoint. */
	readonly deaths: number;
};

/**
 * Executors in processes of their own share one store: so many at a time die by kill -9, at each failpoint in turn,
 * then as many carry out what is left. Nothing may have begun twice, nothing be lost, nothing be `ok` without effect.
 */
export async function massacre(t: TestContext, { approvals, executors, deaths }: Massacre) {
	const stage = { folder: aFolder(t), began: Date.now() };
	const ids = await approved(stage, approvals);
	const ends = Array.from({ length: deaths }, (_, time) =>
		failpoints.map((at) => [at, 1 + (time % 3)] as const),
	);
	const turns = ends.flat();
	await inPlaces(executors, async (place) => {
		for (let turn = turns.shift(); turn; turn = turns.shift()) {
			const [failpoint, nth] = turn;
			const end = await executor(t, stage, place, failpoint, nth);
			assert.equal(end.signal, 'SIGKILL', `nobody died ${failpoint}`);
		}
	});
	await inPlaces(executors, async (place) => {
		assert.equal((await executor(t, stage, place, 'never', 1)).code, 0);
	});
	await judge(stage, ids);
}

type Stage = { readonly folder: string; readonly began: number };

async function inPlaces(places: number, work: (place: number) => Promise<void>): Promise<void> {
	await Promise.all(Array.from({ length: places }, (_, place) => work(place)));
}

/** Approved, and begun by nobody yet. */
async function approved(stage: Stage, approvals: number): Promise<readonly string[]> {
	const respond = await respondOnDisk({ ...stage, executor: 'clerk' });
	const request = {
		action: 'toy.paint',
		params: { thing: 'door', colour: 'red' },
		origin: 'operator',
		by: olga,
		evidence: [],
		expiresMs: 24 * 3_600_000,
	} as const;
	const asked: Approval[] = [];
	for (let count = 0; count < approvals; count++) {
		asked.push(await respond.proposer.propose(request, respond.stopped));
	}
	for (const { id, contentHash } of asked) {
		await respond.answers.approve(id, { contentHash }, olga);
	}
	await respond.stop();
	return asked.map(({ id }) => id);
}

/** Runs one executor to its end, whichever that is. */
async function executor(
	t: TestContext,
	stage: Stage,
	place: number,
	failpoint: string,
	nth: number,
) {
	const program = new URL('./executor-process.js', import.meta.url).pathname;
	const words = [stage.folder, `executor-${place}`, failpoint, String(nth), String(stage.began)];
	const child = spawn(process.execPath, [program, ...words], { stdio: 'inherit' });
	t.after(() => child.kill('SIGKILL'));
	const [code, signal] = await once(child, 'exit');
	return { code, signal };
}

async function judge(stage: Stage, ids: readonly string[]): Promise<void> {
	const respond = await respondOnDisk({ ...stage, executor: 'judge' });
	try {
		const effects = readFileSync(join(stage.folder, 'effects'), 'utf8').trimEnd().split('\n');
		assert.equal(new Set(effects).size, effects.length, 'nothing started twice');
		for (const id of ids) assertHonest(await respond.audit.find(id), new Set(effects));
		assert.equal((await respond.audit.store.verify()).kind, 'whole');
	} finally {
		await respond.stop();
	}
}

function assertHonest(approval: Approval | undefined, effects: ReadonlySet<string>): void {
	assert.ok(approval, 'nothing is lost');
	const { plan, stage } = approval;
	assert.ok(isOver(approval) || stage.kind === 'unknown', `${plan.run} is ${stage.kind}`);
	if (stage.kind === 'unknown') return;
	assert.equal(stage.kind === 'ok', effects.has(plan.run), `${plan.run} is ${stage.kind}`);
}

/** In memory where the machine has such a folder: what counts here is order, and thousands of flushes take their time. */
function aFolder(t: TestContext): string {
	const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
	const folder = mkdtempSync(join(place, 'ec-'));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
