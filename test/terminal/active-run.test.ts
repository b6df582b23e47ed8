import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { root } from '../support/files.ts';
import { aPty, onPty } from '../support/pty.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A console whose rule has begun a run by itself, which lasts until its server answers. */
async function aRunOnItsWay(t: TestContext) {
	const home = tempFolder(t);
	const server = createServer().listen(0, '127.0.0.1');
	t.after(() => server.close());
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : 0;
	const [events, config] = [join(home, 'events.json'), join(home, 'config.yaml')];
	writeFileSync(events, '{"message":"hello from a file"}\n');
	writeFileSync(
		join(home, 'own.yaml'),
		'- { id: tell, match: hello, notify: [{ to: hook, text: hi }] }\n',
	);
	const hook = `{ kind: http.post, url: "http://127.0.0.1:${port}/" }`;
	writeFileSync(config, `rules: [own.yaml]\nnotify: { hook: ${hook} }\n`);
	const session = aPty(
		t,
		`${root}bin/eventctl -s lines:${events} --config ${config}; echo "code=$?"`,
		{ HOME: home, XDG_DATA_HOME: home, XDG_STATE_HOME: home },
	);
	const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
	await session.until('hello from a file');
	/** The last record of the run. */
	const end = () => {
		const lines = readFileSync(join(home, 'eventctl/journal.jsonl'), 'utf8').trim().split('\n');
		const ends = lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'end');
		return ends.map(({ detail }) => detail.outcome);
	};
	return { session, response, end };
}

test(
	'a terminal lost amid a run takes the screen, and the run is finished and written down',
	onPty,
	async (t) => {
		const { session, response, end } = await aRunOnItsWay(t);
		session.hangUp();
		await session.ended;
		assert.deepEqual(end(), []);
		response.end('taken');
		await session.gone;
		assert.deepEqual(end(), ['ok']);
	},
);

test(
	'a screen that is left amid a run says so, and ends when the run is written down',
	onPty,
	async (t) => {
		const { session, response, end } = await aRunOnItsWay(t);
		session.type('q');
		await session.until('R-0001 goes on');
		response.end('taken');
		await session.until('R-0001 hook');
		await session.until('code=0');
		assert.deepEqual(end(), ['ok']);
		await session.gone;
	},
);
