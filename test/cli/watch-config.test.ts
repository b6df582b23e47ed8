import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Planned, plan } from '../../src/cli/plan.ts';
import { watchConfig } from '../../src/cli/watch-config.ts';
import { aBell } from '../support/a-bell.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const one = 'one: { kind: lines, file: /1 }';
const two = 'two: { kind: lines, file: /2 }';

function saying(...sources: readonly string[]): string {
	return `sources: {${sources.join(', ')}}\n`;
}

/** A watch over a config file, which the test writes. */
async function watched(t: TestContext, { source }: { readonly source?: readonly string[] } = {}) {
	const config = join(tempFolder(t), 'config.yaml');
	const write = (text: string) => writeFileSync(config, text, { mode: 0o600 });
	write(saying(one));
	const options = { config, ...(source && { source }) };
	const wanted = { options, env: {}, stdinIsPiped: false };
	const planned: Planned = await plan(wanted);
	const clock = fakeClock();
	const bell = aBell();
	const stop = new AbortController();
	const told: string[] = [];
	const tell = (text: string) => {
		told.push(text);
		bell.ring();
	};
	const engine = {
		openSource: ({ name }: { name: string }) => tell(`open ${name}`),
		reopenSource: async ({ name }: { name: string }) => tell(`reopen ${name}`),
		closeSource: async (name: string) => tell(`close ${name}`),
	};
	const notice = (tone: string, text: string) => tell(`${tone}: ${text}`);
	const ended = watchConfig({ engine, planned, wanted, clock, notice }, stop.signal);
	t.after(() => {
		stop.abort();
		return ended;
	});
	return {
		config,
		/** Writes the file, lets the look go by, and says what came of it. */
		async write(text: string) {
			write(text);
			told.length = 0;
			await clock.until('the pause', () => clock.pending().length > 0);
			clock.advance(2000);
			await clock.until('the next pause', () => clock.pending().length > 0);
			return [...told];
		},
	};
}

test('a source that is added, changed or taken out is opened, opened anew or closed; others are not touched', async (t) => {
	const { write } = await watched(t);
	assert.deepEqual(await write(saying(one, two)), [
		'open two',
		'good: the configuration was read anew: two opened',
	]);
	assert.deepEqual(await write(saying(one, two.replace('/2', '/3'))), [
		'reopen two',
		'good: the configuration was read anew: two opened anew',
	]);
	assert.deepEqual(await write(saying(two.replace('/2', '/3'))), [
		'close one',
		'good: the configuration was read anew: one closed',
	]);
});

test('what is wrong is told once with its place, and the sources before stay', async (t) => {
	const { write, config } = await watched(t);
	const [says, ...more] = await write(`${saying(one)}sorces: {}\n`);
	assert.equal(
		says,
		`bad: the configuration before stays in force: ${config}:2:1: sorces is not known: did you mean sources?`,
	);
	assert.deepEqual(more, []);
	assert.deepEqual(await write(`${saying(one)}sorces: {}\n`), []);
	const [refused] = await write('sources:\n  one: { kind: lines }\n');
	assert.match(refused ?? '', /^bad: .*:2:3: source one: lines: needs exactly one of/);
	assert.deepEqual(await write(saying(one, two)), [
		'open two',
		'good: the configuration was read anew: two opened',
	]);
});

test('what is not a source counts at the next start, and that is said', async (t) => {
	const { write } = await watched(t);
	assert.deepEqual(await write(`${saying(one)}readOnly: true\n`), [
		'good: the configuration was read anew: readOnly: at the next start',
	]);
});

test('sources named by hand stay whatever the configuration says', async (t) => {
	const { write } = await watched(t, { source: ['lines:/x'] });
	assert.deepEqual(await write(saying(two)), [
		'good: the configuration was read anew: no source is another one',
	]);
});
