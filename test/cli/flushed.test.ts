import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { flushed } from '../../src/cli/flushed.ts';

/** A reader that takes what is written only when it is told to. */
class Slow extends Writable {
	readonly taken: string[] = [];
	take = () => {};

	override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
		this.take = () => {
			this.taken.push(chunk.toString());
			done();
		};
	}
}

async function isOver(flushing: Promise<void>): Promise<boolean> {
	let over = false;
	flushing.then(() => {
		over = true;
	});
	await turn();
	return over;
}

test('what was written is waited for until its reader has taken all of it', async () => {
	const slow = new Slow();
	slow.write('one');
	slow.write('two');
	const flushing = flushed([slow, new Slow()], new AbortController().signal);
	assert.equal(await isOver(flushing), false);
	slow.take();
	await turn();
	slow.take();
	await turn();
	slow.take();
	await flushing;
	assert.deepEqual(slow.taken, ['one', 'two', '']);
});

test('a reader that is gone is not waited for', async () => {
	const slow = new Slow();
	slow.on('error', () => {});
	slow.write('one');
	const flushing = flushed([slow], new AbortController().signal);
	slow.destroy(new Error('gone'));
	await flushing;
});

test('whoever is told to end does not wait for a reader', async () => {
	const slow = new Slow();
	slow.write('one');
	const stop = new AbortController();
	const flushing = flushed([slow], stop.signal);
	assert.equal(await isOver(flushing), false);
	stop.abort();
	await flushing;
});
