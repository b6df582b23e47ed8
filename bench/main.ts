import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { firstFrame } from './first-frame.ts';
import { fullSpeed } from './full-speed.ts';
import type { Figure, Measured, Verdict } from './harness.ts';
import { jsonLines } from './json-lines.ts';
import { keys } from './keys.tsx';
import { loss } from './loss.ts';
import { memory } from './memory.ts';
import { natsStored } from './nats-stored.ts';
import { saltFrames } from './salt-frames.ts';
import { search } from './search.ts';

const figures: readonly Figure[] = [
	saltFrames,
	natsStored,
	jsonLines,
	memory,
	search,
	fullSpeed,
	loss,
	keys,
	firstFrame,
];

const wanted = process.argv.slice(2);
const chosen = figures.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const [only, another] = chosen;
if (!only) {
	process.stderr.write(`bench: there are ${figures.map(({ name }) => name).join(', ')}\n`);
	process.exit(2);
}
process.stdout.write(another ? await all(chosen) : await one(only));
process.exit();

/** Measures a figure here; tells the rows to whoever runs several. */
async function one({ name, says, goal, measure }: Figure): Promise<string> {
	process.stdout.write(`\n${name}: ${says}\n  goal ${goal}\n`);
	const rows = await measure();
	process.send?.(rows);
	return rows.map(printed).join('');
}

function printed({ what, ours, other, ratio, verdict }: Measured): string {
	const says = verdict ? `   ${word(verdict)}` : '';
	return `  ${what}\n    ours ${ours}   other ${other}   ${ratio}${says}\n`;
}

function word({ isMet }: Verdict): string {
	if (isMet === undefined) return 'not here';
	return isMet ? 'met' : 'MISSED';
}

/** Each in a process of its own: what one leaves behind in memory would be another's. Ends with a table: which goals are met, which are missed, which cannot be measured here. */
async function all(several: readonly Figure[]): Promise<string> {
	let summary = `\nNode ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}\n`;
	for (const { name, goal } of several) {
		const child = fork(process.argv[1] ?? '', [name]);
		let rows: readonly Measured[] = [];
		child.on('message', (told) => {
			rows = told as readonly Measured[];
		});
		await once(child, 'exit');
		if (rows.length === 0) summary += line('FAILED', name, goal, '–', '');
		for (const { what, ours, ratio, verdict } of rows) {
			if (!verdict) continue;
			summary += line(word(verdict), name, verdict.goal, ratio === '–' ? ours : ratio, what);
		}
	}
	return summary;
}

function line(says: string, name: string, goal: string, result: string, what: string): string {
	const cells = [says.padEnd(8), name.padEnd(11), goal.padEnd(8), result.padEnd(8), what];
	return `  ${cells.join('  ').trimEnd()}\n`;
}
