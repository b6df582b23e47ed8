import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { anIo } from '../support/an-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function script(shell: string): Promise<string> {
	const io = anIo();
	assert.equal(await main(['completion', shell], io), 0, io.err());
	return io.out();
}

const ask = `source "$0"; COMP_WORDS=(eventctl "$@"); COMP_CWORD=$#; _eventctl; printf '%s\\n' \${COMPREPLY[@]}`;

/** What bash offers for the last of these words. */
async function offered(t: TestContext, ...words: readonly string[]): Promise<readonly string[]> {
	const file = join(tempFolder(t), 'completion.bash');
	writeFileSync(file, await script('bash'));
	const out = execFileSync('bash', ['-c', ask, file, ...words], { encoding: 'utf8' });
	return out.trim().split('\n');
}

test('bash completes verbs, their words and their options', async (t) => {
	assert.deepEqual(await offered(t, 'ev'), ['events']);
	assert.deepEqual(await offered(t, 'ta'), ['tail']);
	assert.deepEqual(await offered(t, 'config', 's'), ['show', 'schema']);
	assert.deepEqual(await offered(t, 'events', '--no-f'), ['--no-follow']);
	assert.deepEqual(await offered(t, '--read'), ['--read-only']);
});

test('the value of an option is not taken for the verb', async (t) => {
	assert.deepEqual(await offered(t, '-s', 'events', 'fi'), ['fire']);
	assert.deepEqual(await offered(t, '--profile', 'prod', 'runs', 'roll'), ['rollback']);
});

test('zsh takes the same, and fish has a line for each verb and option', async () => {
	assert.match(await script('zsh'), /^#compdef eventctl\n/);
	const fish = await script('fish');
	assert.match(fish, /^complete -c eventctl -n __fish_use_subcommand -a 'events sub tail' -d '/m);
	assert.match(fish, /seen_subcommand_from events sub tail' -s n -l number -r -d 'end after/);
});

test('a shell that is none is refused with those there are', async () => {
	const io = anIo();
	assert.equal(await main(['completion', 'bsh'], io), 2);
	assert.match(io.err(), /bsh is no shell we know: did you mean bash\?/);
});
