import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import * as connectors from '../../connectors/registry.ts';
import type { Connector } from '../../src/core/connector.ts';
import { Failure } from '../../src/core/errors.ts';
import { aSink } from '../support/a-sink.ts';
import { random } from '../support/random.ts';
import { stages } from './stages.ts';

const all: readonly Connector[] = Object.values(connectors);

async function onStage(t: TestContext, kind: string) {
	const build = stages[kind];
	assert.ok(build, `add a stage for ${kind} to test/connectors/stages.ts`);
	return build(t);
}

test('every connector has a kind of its own, and a title', () => {
	assert.equal(new Set(all.map(({ kind }) => kind)).size, all.length);
	for (const { kind, title } of all) {
		assert.match(kind, /^[a-z0-9]+$/);
		assert.match(title, /^[A-Z].{3,60}$/);
	}
});

for (const connector of all) {
	const { kind } = connector;

	test(`${kind}: a key it does not know is refused by name, in a sentence`, () => {
		assert.throws(
			() => connector.parse({ 'no-such-key': 1 }),
			(thrown) =>
				thrown instanceof Failure && thrown.code === 'config' && /no-such-key/.test(thrown.message),
		);
	});

	test(`${kind}: opened with a stop that has come already, it ends`, async (t) => {
		const { rest, query } = await onStage(t, kind);
		const settings = connector.parse(connector.fromText(rest, query ?? new Map()));
		await connector.open(settings, aSink(), AbortSignal.abort());
	});

	test(`${kind}: it tells its link, and ends when it is stopped`, async (t) => {
		const { rest, query } = await onStage(t, kind);
		const settings = connector.parse(connector.fromText(rest, query ?? new Map()));
		const sink = aSink();
		const stop = new AbortController();
		const done = connector.open(settings, sink, stop.signal);
		await sink.until('a word about the link', () => sink.links.length > 0);
		stop.abort();
		await done;
	});

	test(`${kind}: garbage becomes rows, and ends nothing`, async (t) => {
		const stage = await onStage(t, kind);
		const settings = connector.parse(connector.fromText(stage.rest, stage.query ?? new Map()));
		const sink = aSink();
		const stop = new AbortController();
		const done = connector.open(settings, sink, stop.signal);
		await sink.until('a live link', () => sink.links.some((link) => link.kind === 'live'));
		const dice = random(7);
		for (const length of [1, 40, 3000]) await stage.give(dice.bytes(length), sink);
		assert.notEqual(sink.lastLink(), 'down');
		stop.abort();
		await done;
	});
}
