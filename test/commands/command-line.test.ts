import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { eventsCommandLine, fireCommandLine } from '../../src/commands/command-line.ts';
import { hexDump } from '../../src/commands/hex-dump.ts';
import { fieldOf } from '../../src/state/field.ts';
import { aModel } from '../support/a-model.ts';

for (const filter of ['web12', "it's", '-host:web99', 'rule:"Terminal shell"', '$(id)', 'a\nb']) {
	test(`a shell reads the filter ${JSON.stringify(filter)} back out of its command line`, () => {
		const line = eventsCommandLine(filter).replace('eventctl', 'printf "%s\\0"');
		const words = execFileSync('/bin/sh', ['-c', line]).toString().split('\0').slice(0, -1);
		assert.equal(words.at(-1), filter);
		assert.equal(words[0], 'events');
	});
}

test('a filter that begins with a minus is no option', () => {
	assert.equal(eventsCommandLine('-host:web99'), 'eventctl events -- -host:web99');
});

test('the form as a command line names its bus and reads its data from standard input', () => {
	const { fire } = aModel();
	const form = { ...fire, tag: fieldOf('ops/a b'), source: 'minion', forward: true };
	assert.equal(fireCommandLine(form), "eventctl fire 'ops/a b' --bus minion,forward");
	assert.equal(
		fireCommandLine({ ...form, data: fieldOf('a: 1'), forward: false }),
		"eventctl fire 'ops/a b' -f - --bus minion",
	);
});

test('a hex dump shows offset, bytes and what of them can be read', () => {
	assert.equal(
		hexDump(Buffer.from('sixteen bytes ok\x1b[2J')),
		[
			'000000  73 69 78 74 65 65 6e 20 62 79 74 65 73 20 6f 6b  sixteen bytes ok',
			'000010  1b 5b 32 4a                                      .[2J',
		].join('\n'),
	);
});
