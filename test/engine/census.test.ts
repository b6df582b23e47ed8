import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facet, TagBranch } from '../../src/core/session.ts';
import { type AnEngine, anEngine } from '../support/an-engine.ts';

const jobs = ['20261121030602118843', '20261121030602118844', '20261121030602118845'];

function anEngineWith(...tags: readonly string[]): AnEngine {
	const console = anEngine();
	for (const tag of tags) console.sink.event(Buffer.from(tag), Buffer.from('w'));
	return console;
}

async function counted(console: AnEngine, filter = '') {
	console.receive({ type: 'facets.wanted', id: 1, filter });
	return console.heard('facets');
}

function drawn(branches: readonly TagBranch[], depth = 0): string {
	return branches
		.map(({ label, count, children }) => {
			return `${'  '.repeat(depth)}${label} ${count}\n${drawn(children, depth + 1)}`;
		})
		.join('');
}

function valuesOf(facets: readonly Facet[], key: string): string {
	const facet = facets.find((one) => one.key === key);
	return (facet?.values ?? []).map(({ value, count }) => `${value} ${count}`).join(', ');
}

test('tags are a tree in which what only machines tell apart is a star', async () => {
	const rets = jobs.flatMap((jid) => [`salt/job/${jid}/ret/web12`, `salt/job/${jid}/ret/db3`]);
	const news = jobs.slice(1).map((jid) => `salt/job/${jid}/new`);
	const { tags } = await counted(
		anEngineWith(
			...rets,
			...news,
			'salt/auth',
			'ops.deploy.done',
			'ops.deploy.failed',
			'ops.deploy.done',
		),
	);
	assert.equal(
		drawn(tags),
		[
			'salt/ 9',
			'  job/ 8',
			'    */ret/ 6',
			'      db3 3',
			'      web12 3',
			'    */new 2',
			'  auth 1',
			'ops.deploy. 3',
			'  done 2',
			'  failed 1',
			'',
		].join('\n'),
	);
	assert.equal(tags[0]?.children[0]?.children[0]?.glob, 'salt/job/*/ret/*');
});

test('a place with many values is folded, and a pattern in a tag stays what it is', async () => {
	const many = Array.from({ length: 60 }, (_, at) => `salt/beacon/host${at}x/load`);
	const { tags } = await counted(anEngineWith(...many, 'odd/[a]'));
	assert.equal(drawn(tags), 'salt/beacon/*/load 60\nodd/[a] 1\n');
	assert.deepEqual(
		tags.map(({ glob }) => glob),
		['salt/beacon/*/load', 'odd/[[]a]'],
	);
});

test('what a filter says of a key does not count where that key is counted', async () => {
	const console = anEngine();
	const push = (tag: string, body: string) =>
		console.sink.event(Buffer.from(tag), Buffer.from(body));
	for (const [tag, body] of [
		['a/x', 'w1'],
		['a/x', 'c2'],
		['a/y', 'c1'],
	] as const)
		push(tag, body);
	const { tags, facets } = await counted(console, 'sev:crit tag:a/x');
	assert.equal(valuesOf(facets, 'sev'), 'warn 1, crit 1');
	assert.equal(valuesOf(facets, 'src'), 'bus 1');
	assert.equal(drawn(tags), 'a/ 2\n  x 1\n  y 1\n');
	assert.ok(facets.every(({ isComplete, more }) => isComplete && more === 0));
});

test('the rows of gaps and broken bytes are no events to count', async () => {
	const console = anEngineWith('a/b');
	console.sink.gap({ from: 0, to: 1, cause: 'lost' });
	const { tags, facets } = await counted(console);
	assert.equal(drawn(tags), 'a/b 1\n');
	assert.equal(valuesOf(facets, 'src'), 'bus 1');
});
