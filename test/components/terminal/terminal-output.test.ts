import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { bell } from '../../../components/terminal/sequences.ts';
import { TerminalOutput } from '../../../components/terminal/terminal-output.ts';
import { fakeClock } from '../../support/fake-clock.ts';

/** A terminal that takes its time. */
class SlowTerminal extends Writable {
	readonly isTTY = true;
	columns = 80;
	rows = 24;
	written = '';
	readonly #takes: () => void;

	constructor(takes = () => {}) {
		super({ decodeStrings: false });
		this.#takes = takes;
	}

	override _write(text: string, _: string, done: () => void): void {
		this.written += text;
		this.#takes();
		done();
	}
}

test('what Ink writes is filtered, what we send ourselves is not', () => {
	const terminal = new SlowTerminal();
	const output = new TerminalOutput(terminal, fakeClock());
	output.write('a\x07\x1b[m');
	output.send(bell);
	assert.equal(terminal.written, 'a?\x1b[m\x07');
	assert.equal(output.violations, 1);
});

test('what was drawn while the output was held comes behind what the terminal is begun with', () => {
	const terminal = new SlowTerminal();
	const output = new TerminalOutput(terminal, fakeClock());
	output.cork();
	output.write('frame');
	assert.equal(terminal.written, '');
	output.begin(bell);
	output.write(', next');
	assert.equal(terminal.written, '\x07frame, next');
});

test('the size is the terminal’s own, and its changes are told', () => {
	const terminal = new SlowTerminal();
	const output = new TerminalOutput(terminal, fakeClock());
	let told = 0;
	output.on('resize', () => told++);
	terminal.columns = 100;
	terminal.emit('resize');
	assert.deepEqual([output.columns, output.rows, output.isTTY, told], [100, 24, true, 1]);
});

test('a terminal whose writes take long pushes back, until one is quick again', () => {
	const clock = fakeClock();
	let takesMs = 200;
	const output = new TerminalOutput(new SlowTerminal(() => clock.advance(takesMs)), clock);
	assert.equal(output.pushesBack, false);
	output.write('frame');
	assert.equal(output.pushesBack, true);
	takesMs = 1;
	output.write('frame');
	assert.equal(output.pushesBack, false);
});

test('a terminal that is gone closes the output, and later writes hurt nobody', async () => {
	const terminal = new SlowTerminal();
	const output = new TerminalOutput(terminal, fakeClock());
	const closed = new Promise((resolve) => output.on('close', resolve));
	terminal.destroy(Object.assign(new Error('input/output error'), { code: 'EIO' }));
	await closed;
	assert.equal(output.destroyed, true);
	output.send(bell);
});
