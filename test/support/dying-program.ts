import { writeFileSync } from 'node:fs';
import { keyStream } from '../../components/input/keyboard-input.ts';
import { Terminal } from '../../components/terminal/terminal.ts';
import { sayLastWords } from '../../src/cli/last-words.ts';
import { systemClock } from '../../src/core/clock.ts';

/** A console in little that dies in the way a key names. It stands in for the real one behind `bin/eventctl`. */
const deaths: Readonly<Record<string, () => void>> = {
	q: () => leave(0),
	t: () => setImmediate(() => never()),
	r: () => void Promise.reject(new Error('nobody listens')),
	o: () => setImmediate(overflow),
	e: () => process.exit(3),
	a: () => process.abort(),
	m: exhaust,
	1: () => process.kill(process.pid, 'SIGHUP'),
	2: () => process.kill(process.pid, 'SIGINT'),
	3: () => process.kill(process.pid, 'SIGQUIT'),
	4: () => process.kill(process.pid, 'SIGTERM'),
	5: () => process.kill(process.ppid, 'SIGTERM'),
	9: () => process.kill(process.pid, 'SIGKILL'),
	s: () => process.kill(process.pid, 'SIGSEGV'),
	p: () => process.kill(process.ppid, 'SIGKILL'),
	'^z': () => suspend(),
};

const terminal = new Terminal({
	keys: keyStream(process.stdin),
	stdout: process.stdout,
	clock: systemClock,
	process,
	onToken: (token) => {
		if (token.kind === 'key') deaths[token.stroke]?.();
	},
	onLost: () => leave(1),
	onStop: () => suspend(),
});

for (const [signal, number] of [
	['SIGHUP', 1],
	['SIGINT', 2],
	['SIGTERM', 15],
] as const) {
	process.on(signal, () => leave(128 + number));
}

sayLastWords(process);
writeFileSync(process.env['PID_FILE'] ?? '/dev/null', String(process.pid));
terminal.take();
draw();

function draw(): void {
	terminal.output.write('\x1b[?1049h\x1b[?25l\x1b[?2026h\x1b[1mready');
}

function leave(code: number): void {
	terminal.output.write('\x1b[m\x1b[?2026l\x1b[?1049l\x1b[?25h');
	terminal.giveBack();
	process.exit(code);
}

async function suspend(): Promise<void> {
	terminal.output.write('\x1b[m\x1b[?2026l\x1b[?1049l\x1b[?25h');
	await terminal.stop();
	draw();
}

function never(): never {
	throw new Error('thrown \x1b]0;title\x07');
}

function overflow(): number {
	return overflow() + 1;
}

function exhaust(): void {
	const kept: string[][] = [];
	for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => `${kept.length} ${index}`));
}
