import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HeaderFacts, headerLine } from '../../src/present/header.ts';
import { widthOf } from '../../src/present/line.ts';
import { drawn } from '../support/drawing.ts';
import { aSource, storyTime } from '../support/rows.ts';

const waiting = aSource({
	name: 'st2',
	link: { kind: 'waiting', retryAt: storyTime + 3000, reason: 'refused', attempt: 4 },
});

function header(of: Partial<HeaderFacts>, columns: number): string {
	const facts: HeaderFacts = {
		profile: 'prod-eu-1',
		sources: [aSource(), waiting],
		isPaused: false,
		isReadOnly: false,
		isOnly: false,
		rate: 42,
		held: 18_204,
		capacity: 1_000_000,
		dropped: 0,
		suggestions: 0,
		runs: 0,
		unknown: 0,
		who: 'olga@bastion',
		zone: 'UTC',
		now: storyTime,
		...of,
	};
	const line = headerLine(facts, columns);
	assert.equal(widthOf(line), columns);
	return drawn(line).trim().replace(/ {5,}/, ' … ');
}

test('a source that replays says how far it is from live', () => {
	const replay = aSource({ name: 'nats', link: { kind: 'catching-up', behind: 12_345 } });
	assert.match(header({ sources: [replay] }, 120), /nats◐ catching up, 12 345 behind/);
	assert.match(header({ sources: [replay] }, 80), /nats◐12 345 behind/);
});

test('the header says less the less room it has, and never less than whether it flows', () => {
	assert.equal(
		header({}, 120),
		'PROD eu-1 │ salt● 31/s   st2◐ retry in 3 s (try 4) … LIVE 42/s   │ buffer 18 204/1 000 000 │ olga@bastion │ UTC',
	);
	assert.equal(header({}, 80), 'PROD eu-1  salt● st2◐3s … LIVE 42/s    olga@bastion  UTC');
	assert.equal(header({}, 44), 'PROD eu-1  salt● st2◐ … LIVE 42/s    UTC');
	assert.equal(header({}, 36), 'PROD eu-1  1● 1◐  LIVE 42/s    UTC');
});

test('what was dropped is never hidden', () => {
	assert.match(header({ dropped: 1200 }, 60), /LIVE 42\/s {4}dropped 1 200/);
});

test('only production shouts', () => {
	assert.match(header({ profile: 'production' }, 80), /^PRODUCTION {2}salt/);
	assert.match(header({ profile: 'staging' }, 80), /^staging {2}salt/);
	assert.match(header({ profile: undefined }, 80), /^salt/);
});

test('what limits the console stands in the header', () => {
	assert.match(
		header({ isReadOnly: true, isOnly: true, isPaused: true }, 100),
		/PAUSED 42\/s.*read-only only/,
	);
});

test('a source that is not live says so in a word', () => {
	const link = (source: ReturnType<typeof aSource>) => header({ sources: [source] }, 80);
	assert.match(link(aSource({ link: { kind: 'down', reason: 'the file ended' } })), /salt○down/);
	assert.match(
		link(aSource({ link: { kind: 'stale', since: storyTime - 40_000 } })),
		/salt◐silent 40 s/,
	);
	assert.match(link(aSource({ isPaused: true })), /salt○paused/);
	assert.match(header({ sources: [] }, 80), /no source/);
});

test('before the engine has told of itself the header claims nothing of it', () => {
	assert.equal(
		header({ sources: undefined, held: 0, capacity: 0, rate: 0 }, 120),
		'PROD eu-1 │ starting … LIVE │ olga@bastion │ UTC',
	);
});
