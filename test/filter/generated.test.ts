import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilter } from '../../src/filter/compile.ts';
import { narrows } from '../../src/filter/narrows.ts';
import { parseFilter } from '../../src/filter/parse.ts';
import { printFilter } from '../../src/filter/print.ts';
import { type Filter, type Operator, operators } from '../../src/filter/syntax.ts';
import { filterToCel } from '../../src/filter/to-cel.ts';
import { aRow } from '../support/events.ts';
import { type DecodedRow, shows } from '../support/oracle.ts';
import { type Random, random as seeded } from '../support/random.ts';

const now = Date.parse('2026-11-21T03:10:00Z');
const at = { start: 0, end: 0 };

function many<T>(random: Random, least: number, most: number, make: () => T): T[] {
	return Array.from({ length: least + random.below(most - least + 1) }, make);
}

/** Shapes only: any text in any place. */
function anyText(random: Random): string {
	const characters = [
		'a',
		'B',
		'0',
		'-',
		'.',
		' ',
		'"',
		'\\',
		'/',
		'(',
		')',
		',',
		':',
		'=',
		'é',
		'\n',
		'\u202e',
		'*',
		'[',
		'😀',
		'!',
		'~',
		'<',
	];
	const text = many(random, 1, 6, () => random.pick(characters)).join('');
	return random.pick([text, text, text, 'or', 'and', 'not', 'web12', 'rc:0']);
}

const keys = [
	'host',
	'rc',
	'data.return.*.result',
	'["a b"].c',
	'x["]"]',
	'proc.aname[2]',
	'*.a',
	'ünï',
	'$x',
];

function anyFilter(random: Random, depth: number, besides: readonly Filter['kind'][] = []): Filter {
	const leaves = ['text', 'regex', 'field', 'field'] as const;
	const branches = ['not', 'and', 'or'] as const;
	const kind = random.pick(
		[...leaves, ...(depth > 0 ? branches : [])].filter((one) => !besides.includes(one)),
	);
	switch (kind) {
		case 'text':
			return { kind, text: anyText(random), ...at };
		case 'regex':
			return { kind, source: anyText(random).replaceAll('\\', 'b'), ...at };
		case 'field': {
			const values = many(random, 1, 3, () => ({ text: anyText(random), ...at }));
			return { kind, key: random.pick(keys), operator: random.pick(operators), values, ...at };
		}
		case 'not':
			return { kind, part: anyFilter(random, depth - 1), ...at };
		default: {
			const parts = many(random, 2, 3, () => anyFilter(random, depth - 1, [kind]));
			return { kind, parts, ...at };
		}
	}
}

function withoutPlaces(filter: Filter): unknown {
	return JSON.parse(
		JSON.stringify(filter, (key, value) => (key === 'start' || key === 'end' ? undefined : value)),
	);
}

test('what a filter prints reads back as the same filter', () => {
	for (let seed = 1; seed <= 3000; seed++) {
		const filter = anyFilter(seeded(seed), 3);
		const text = printFilter(filter);
		assert.deepEqual(
			withoutPlaces(parseFilter(text)),
			withoutPlaces(filter),
			`seed ${seed}: ${text}`,
		);
		assert.equal(printFilter(parseFilter(text)), text, `seed ${seed}`);
	}
});

/** Filters that mean something, over rows that often match. */
const leaves = ['"5"', '5', '7', '5.5', 'web1', 'web2', 'true', 'null', 'abc', '-3'];
const orders: readonly Operator[] = ['<', '<=', '>', '>='];

function meantField(random: Random): string {
	const key = random.pick([
		'host',
		'fun',
		'rc',
		'a',
		'a.b',
		'l.*',
		'l.0',
		'm.*.x',
		'nope',
		'flat.key',
		'run',
		'src',
	]);
	const value = () => random.pick(leaves);
	const negatable = `${key}${random.pick([':', '=', '!='])}${many(random, 1, 2, value).join(',')}`;
	return random.pick([
		negatable,
		negatable,
		`${key}${random.pick(orders)}${value()}`,
		`${key}:${random.pick(['web*', '?', '*', '[a5]*'])}`,
		`${key}~/${random.pick(['^web', '\\d', 'b$'])}/`,
		`has:${key}`,
		`sev${random.pick(operators.filter((one) => one !== '~'))}${random.pick(['crit', 'err', '?', 'debug'])}`,
		random.pick([
			'tag:*web*',
			'subject:a.>',
			'web1',
			'ABC',
			'/web[12]/',
			'format:json',
			'kind:event',
		]),
		random.pick(['since:1m', 'until:03:09', 'time>03:09', 'time<=2026-11-20', 'time:03:09:30']),
	]);
}

function meantFilter(random: Random, depth: number): string {
	if (depth === 0) return meantField(random);
	const part = () => meantFilter(random, depth - 1);
	return random.pick([part(), `-(${part()})`, `(${part()} ${part()})`, `(${part()} or ${part()})`]);
}

function anyRow(random: Random): DecodedRow {
	const scalar = () =>
		random.pick<unknown>([
			5,
			5n,
			'5',
			'5.0',
			7,
			5.5,
			'web1',
			'web2',
			true,
			null,
			'abc',
			-3,
			'true',
		]);
	const data = {
		...(random.below(10) < 7 && { a: random.pick([scalar(), { b: scalar() }, [1], {}]) }),
		...(random.below(10) < 7 && { l: many(random, 0, 3, scalar) }),
		...(random.below(10) < 5 && { m: { one: { x: scalar() }, two: scalar() } }),
	};
	const facts = {
		who: 'w',
		summary: 's',
		ids: many(random, 0, 2, () => random.pick(['5', 'web1'])),
		...(random.below(10) < 6 && { host: random.pick(['web1', 'web2', '5']) }),
		...(random.below(10) < 6 && { fun: random.pick(['web1', 'abc']) }),
		...(random.below(10) < 6 && { rc: random.pick([0, 5, 7n]) }),
	};
	const fields = random.below(10) < 5 ? { 'flat.key': scalar() } : undefined;
	return aRow({
		source: random.pick(['web1', 'salt']),
		format: random.pick(['json', 'text']),
		severity: random.below(9),
		time: BigInt(now - random.below(120_000)) * 1_000_000n + BigInt(random.below(1_000_000)),
		tag: random.pick(['a.web1', 'a.b', 'salt/web2']),
		isTransportTag: random.below(10) < 5,
		data,
		body: Buffer.from(spelled({ data, facts, fields })),
		fields,
		facts,
	});
}

function spelled(value: unknown): string {
	return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? Number(inner) : inner));
}

test('a filter and the CEL it prints show the same events', () => {
	let shown = 0;
	for (let seed = 1; seed <= 2000; seed++) {
		const random = seeded(seed);
		const text = meantFilter(random, random.below(3));
		const filter = compileFilter(text, now);
		const cel = compileFilter(`= ${filterToCel(parseFilter(text), { text, now })}`, now);
		for (let count = 0; count < 8; count++) {
			const row = anyRow(random);
			const isShown = shows(filter, row);
			if (isShown) shown++;
			assert.equal(shows(cel, row), isShown, `seed ${seed}: ${text}\n${cel.text}\n${spelled(row)}`);
		}
	}
	assert.ok(shown > 2000 && shown < 14_000, `${shown} of 16,000 tell too little`);
});

test('where a filter is said to narrow another, it shows nothing new', () => {
	let narrowed = 0;
	for (let seed = 1; seed <= 2000; seed++) {
		const random = seeded(seed);
		const older = meantFilter(random, random.below(2));
		const newer = random.pick([`${older} ${meantField(random)}`, meantField(random), `(${older})`]);
		if (!narrows(parseFilter(older), parseFilter(newer))) continue;
		narrowed++;
		const [before, after] = [compileFilter(older, now), compileFilter(newer, now + 60_000)];
		for (const row of many(random, 8, 8, () => anyRow(random))) {
			assert.ok(shows(before, row) || !shows(after, row), `seed ${seed}: ${older} → ${newer}`);
		}
	}
	assert.ok(narrowed > 500, `${narrowed}`);
});
