import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { firstFrame } from './first-frame.ts';
import type { Figure } from './harness.ts';
import { jsonLines } from './json-lines.ts';
import { memory } from './memory.ts';
import { natsStored } from './nats-stored.ts';
import { saltFrames } from './salt-frames.ts';
import { search } from './search.ts';

const figures: readonly Figure[] = [saltFrames, natsStored, jsonLines, memory, search, firstFrame];

const wanted = process.argv.slice(2);
const chosen = figures.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (chosen.length === 0) {
	process.stderr.write(`bench: there are ${figures.map(({ name }) => name).join(', ')}\n`);
	process.exit(2);
}
if (chosen.length > 1) {
	// Each in a process of its own: what one leaves behind in memory would be another's.
	for (const { name } of chosen) {
		spawnSync(process.execPath, [...process.execArgv, process.argv[1] ?? '', name], {
			stdio: 'inherit',
		});
	}
	process.exit();
}
process.stdout.write(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}\n`);
for (const { name, says, goal, measure } of chosen) {
	process.stdout.write(`\n${name}: ${says}\n  goal ${goal}\n`);
	for (const { what, ours, other, ratio } of await measure()) {
		process.stdout.write(`  ${what}\n    ours ${ours}   other ${other}   ratio ${ratio}\n`);
	}
}
