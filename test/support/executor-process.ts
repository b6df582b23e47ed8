import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Approval } from '../../src/core/approval.ts';
import { isOver } from '../../src/engine/audit-log.ts';
import { respondOnDisk } from './on-disk.ts';

/** An executor in a process of its own: it works until nothing is left, or dies by kill -9 where it is told to. */
const [folder = '', name = '', failpoint = '', nth = '', began = ''] = process.argv.slice(2);
let left = Number(nth);

function reach(at: string): void {
	if (at !== failpoint || --left > 0) return;
	process.kill(process.pid, 'SIGKILL');
}

const respond = await respondOnDisk({
	folder,
	executor: `${name}/${process.pid}`,
	began: Number(began),
	effect(run) {
		appendFileSync(join(folder, 'effects'), `${run}\n`);
		reach('during run');
	},
	failpoint: reach,
});
for (let open = stillOpen(); open.length > 0; open = stillOpen()) {
	const approved = open.filter(({ stage }) => stage.kind === 'approved');
	// Each begins somewhere else, and they meet on the way.
	const from = Math.floor(Math.random() * approved.length);
	for (const { id } of approved.slice(from, from + 8)) await respond.executor.execute(id);
	await new Promise((resolve) => setTimeout(resolve, 10));
}
await respond.stop();

function stillOpen(): readonly Approval[] {
	return respond.audit.approvals.filter(
		(approval) => !isOver(approval) && approval.stage.kind !== 'unknown',
	);
}
