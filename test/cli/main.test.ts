import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { anIo } from '../support/an-io.ts';

test('a filter that cannot be read is shown with a caret below the place, and exits with 2', async () => {
	const io = anIo();
	assert.equal(await main(['events', 'sev>=eror'], io), 2);
	assert.equal(io.err().split('\n').slice(1).join('\n'), '  sev>=eror\n       ^\n');
	assert.match(io.err(), /^eventctl: filter, column 6: .* did you mean err\?/);
	assert.equal(io.out(), '');
});

test('what was typed reaches the terminal only as safe text', async () => {
	const io = anIo();
	await main(['events', '"\x1b[31m'], io);
	assert.ok(!io.err().includes('\x1b'), JSON.stringify(io.err()));
});

test('a filter that was taken for an option is told how to be one', async () => {
	const io = anIo();
	assert.equal(await main(['events', '-host:web99'], io), 2);
	assert.match(io.err(), /comes behind --, or begins with not$/m);
	const other = anIo();
	assert.equal(await main(['events', '--bogus'], other), 2);
	assert.doesNotMatch(other.err(), /behind --/);
});

test('an option that no verb has is told where errors go, with the one that was meant', async () => {
	const io = anIo();
	assert.equal(await main(['events', '--no-folow'], io), 2);
	assert.match(io.err(), /unknown option '--no-folow'\n\(Did you mean --no-follow\?\)/);
	const help = anIo();
	assert.equal(await main(['events', '--help'], help), 0);
	assert.match(help.out(), /Usage: eventctl events/);
});
