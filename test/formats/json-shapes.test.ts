import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { boundsOf } from '../../src/core/bounds.ts';
import { clearPeek, newPeek, type Peek } from '../../src/core/format.ts';
import { json } from '../../src/formats/json.ts';
import { Shapes } from '../../src/formats/json-shapes.ts';
import { testFile } from '../support/files.ts';
import { hostileStrings } from '../support/hostile.ts';
import { type Random, random } from '../support/random.ts';

const noTag = new Uint8Array(0);

/** What each body is found to be, by the plain look and by one that remembers the bodies before it. */
function* looks(bodies: Iterable<Uint8Array>): Generator<[plain: Peek, remembering: Peek]> {
	const peeker = json.peeker?.();
	assert.ok(peeker);
	// All lie in one buffer, as in a slab, so that what stands behind a body is another one.
	const list = [...bodies];
	const all = Buffer.concat(list);
	peeker.turnTo({ bytes: all, start: 0, end: all.length });
	let bodyStart = 0;
	for (const { length } of list) {
		const at = { ...boundsOf(noTag, all), bodyStart, bodyEnd: bodyStart + length };
		const both = [newPeek(), newPeek()] as const;
		json.peek(at, both[0]);
		peeker.peek(at, both[1]);
		yield [...both];
		bodyStart += length;
	}
}

function agree(bodies: readonly Uint8Array[]): void {
	let index = 0;
	for (const [plain, remembering] of looks(bodies)) {
		assert.deepEqual(remembering, plain, Buffer.from(bodies[index++] ?? []).toString());
	}
}

const keys = [
	'time',
	'ts',
	'severity',
	'level',
	'log',
	'log.level',
	'host',
	'hostname',
	'type',
	'a',
];

function anyValue({ below, pick }: Random, depth: number): string {
	const inner = () => anyValue({ below, pick } as Random, depth - 1);
	const kind = below(depth > 0 ? 12 : 10);
	if (kind === 10) return `[${Array.from({ length: below(3) }, inner).join(', ')}]`;
	if (kind === 11) return anyObject({ below, pick } as Random, depth - 1);
	return pick([
		'"info"',
		'"err"',
		'"CRIT"',
		'3',
		'-1.5e3',
		'true',
		'null',
		`"web-${below(20)}"`,
		`"2026-11-${10 + below(20)}T09:${10 + below(50)}:10.${below(1000)}Z"`,
		`"2026-11-2${below(10)}T09:30:1"`,
		`17544640${10 + below(90)}`,
		'""',
		'"\\""',
		`"${'long '.repeat(below(30))}\\\\"`,
		'"{\\"level\\":\\"crit\\"}"',
		'"a:b,c}"',
	]);
}

function anyObject(random: Random, depth: number): string {
	const gap = random.below(4) === 0 ? ' ' : '';
	const members = Array.from(
		{ length: random.below(6) },
		() => `"${random.pick(keys)}"${gap}:${gap}${anyValue(random, depth)}`,
	);
	return `{${members.join(`,${gap}`)}}`;
}

/** A few shapes again and again, with other values, as a source has them. */
function likeOneAnother(seed: number, count: number): string[] {
	return Array.from({ length: count }, (_, at) => {
		const shape = random(seed * 7 + (at % 5));
		const values = random(seed * 1000 + at);
		return anyObject({ ...shape, pick: values.pick }, 2);
	});
}

test('any objects are found to be the same with and without a memory', () => {
	for (let seed = 1; seed <= 40; seed++) {
		const numbers = random(seed);
		agree(Array.from({ length: 60 }, () => Buffer.from(anyObject(numbers, 3))));
		agree(likeOneAnother(seed, 100).map((text) => Buffer.from(text)));
	}
});

test('a text is not taken to be as long as the one before it', () => {
	const text = (length: number) => 'quiet until here and further on'.slice(0, length);
	const { below } = random(5);
	for (const key of ['host', 'level', 'time', 'type', 'a']) {
		const bodies = Array.from(
			{ length: 300 },
			() => `{"${key}":"${text(below(30))}","b":"c","host":"${text(below(9))}","d":"","e":"f"}`,
		);
		agree(bodies.map((body) => Buffer.from(body)));
	}
});

test('so are damaged ones: bytes changed, left out, put in, and an end too soon', () => {
	for (let seed = 1; seed <= 60; seed++) {
		const { below, pick } = random(seed);
		const damaged = likeOneAnother(seed, 80).map((text) => {
			if (below(3) === 0) return Buffer.from(text);
			const at = below(text.length + 1);
			const put = pick(['', '"', '\\', '{', '}', ',', ':', '[', ' ', '0', '"level":"crit",', '\0']);
			const whole = text.slice(0, at) + put + text.slice(at + below(2));
			return Buffer.from(below(4) === 0 ? whole.slice(0, below(whole.length + 1)) : whole);
		});
		agree(damaged);
	}
});

test('so are recordings, and hostile strings wherever they stand', () => {
	const recorded = testFile('recordings/falco.jsonl').toString().trimEnd().split('\n');
	agree([...recorded, ...recorded].map((line) => Buffer.from(line)));
	const bodies = hostileStrings().flatMap(({ bytes }) => {
		const text = Buffer.from(bytes.subarray(0, 2000));
		const [front, back] = ['{"level":"err","message":"', '","host":"web-1"}'];
		const raw = Buffer.concat([Buffer.from(front), text, Buffer.from(back)]);
		const quoted = JSON.stringify({ [text.toString()]: 1, level: 'crit', host: text.toString() });
		return [raw, Buffer.from(quoted), raw];
	});
	agree(bodies);
});

/** Reads and learns from bodies that come alone. */
function oneByOne(shapes: Shapes) {
	const turnTo = (bytes: Buffer) => shapes.turnTo({ bytes, start: 0, end: bytes.length });
	return {
		read(body: Buffer, peek: Peek): boolean {
			turnTo(body);
			return shapes.read(0, body.length, peek);
		},
		learn(body: Buffer): void {
			turnTo(body);
			shapes.learn(0, body.length);
		},
	};
}

test('an object of a known shape is read from it, whatever its values', () => {
	const { read, learn } = oneByOne(new Shapes());
	const first = Buffer.from('{"time":"2026-11-21T09:30:10Z","level":"info","n":[1,{"k":"v"}]}');
	assert.equal(read(first, newPeek()), false);
	learn(first);
	for (const [text, severity] of [
		['{"time":"2026-11-22T10:00:00.5Z","level":"crit","n":[234,{"k":"\\"}"}]}', 2],
		['{"time":"","level":"nothing such","n":[null,{"k":""}]}', 6],
	] as const) {
		const body = Buffer.from(text);
		const peek = newPeek();
		assert.ok(read(body, peek), text);
		assert.equal(peek.severity, severity);
	}
	for (const other of ['{"time":1}', '{"time":"x","level":"info","n":[1,{"k":"v"}]} ', '{}', '']) {
		const body = Buffer.from(other);
		assert.equal(read(body, newPeek()), false, other);
	}
});

test('objects that never look alike are left to the plain look, until the source has settled', () => {
	const { read, learn } = oneByOne(new Shapes());
	let tried = 0;
	const show = (text: string) => {
		const body = Buffer.from(text);
		const peek = newPeek();
		const isKnown = read(body, peek);
		clearPeek(peek);
		if (!isKnown) learn(body);
		if (isKnown) tried++;
	};
	for (let at = 0; at < 3000; at++) show(`{"key${at}":1}`);
	assert.equal(tried, 0);
	for (let at = 0; at < 20_000; at++) show(`{"level":"info","at":${at}}`);
	assert.ok(tried > 2000);
});

test('bytes that were written over are read anew', () => {
	const peeker = json.peeker?.();
	assert.ok(peeker);
	const bytes = Buffer.alloc(40, ' ');
	const severities = ['info', 'info', 'crit', 'warn'].map((level) => {
		const bodyEnd = bytes.write(`{"level":"${level}"}`);
		peeker.turnTo({ bytes, start: 0, end: bodyEnd });
		const peek = newPeek();
		peeker.peek({ ...boundsOf(noTag, bytes), bodyEnd }, peek);
		return peek.severity;
	});
	assert.deepEqual(severities, [6, 6, 2, 4]);
});

test('objects beyond what is looked at at once, and longer than that, are read the same', () => {
	const filler = (length: number) => 'x'.repeat(length);
	const lengths = [10, 200_000, 200_000, 10, 300_000, 70_000, 10, 262_100, 262_144, 10];
	agree(lengths.map((length, at) => Buffer.from(`{"a":"${filler(length)}","level":"${at % 8}"}`)));
});

test('where the system gives no memory for shapes, objects are read without', () => {
	const program = `
		import { json } from './dist/src/formats/json.js';
		const all = Array.from({ length: 20 }, () => json.peeker());
		console.log(all.some((peeker) => peeker === undefined));
	`;
	const { stdout, stderr } = spawnSync(
		'sh',
		['-c', 'ulimit -v 30000000; exec "$0" --input-type=module -e "$1"', process.execPath, program],
		{ encoding: 'utf8' },
	);
	assert.equal(stdout, 'true\n', stderr);
});
