import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asksForScreen } from '../../src/cli/asks-for-screen.ts';

const terminal = { isTTY: true };

for (const words of [[], ['sev>=err', 'host:web12'], ['-s', 'salt:/var/run/salt'], ['demo']]) {
	test(`on a terminal the screen is for ${JSON.stringify(words)}`, () => {
		assert.equal(asksForScreen(words, terminal), true);
	});
}

for (const words of [['events'], ['tail', 'sev>=err'], ['-p', 'prod', 'fire', 'a/b'], ['--help']]) {
	test(`the screen is not for ${JSON.stringify(words)}`, () => {
		assert.equal(asksForScreen(words, terminal), false);
	});
}

test('without a terminal there is no screen', () => {
	assert.equal(asksForScreen([], {}), false);
});
