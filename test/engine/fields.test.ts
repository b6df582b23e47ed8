import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Criterion } from '../../src/core/criterion.ts';
import { Decoder } from '../../src/engine/decoder.ts';
import { compileFilter } from '../../src/filter/compile.ts';
import * as formats from '../../src/formats/registry.ts';
import { Bits } from '../../src/log/bits.ts';
import { EventLog } from '../../src/log/event-log.ts';
import { Matcher } from '../../src/log/matcher.ts';
import { append } from '../support/a-log.ts';
import { type Random, random } from '../support/random.ts';

/** Values as JSON may spell them: the same ones in many ways, others that look alike, and what is no JSON. */
const spellings = [
	...[
		'502',
		'502.0',
		'5.02e2',
		'50.2E+1',
		'5020e-1',
		'"502"',
		'"0502"',
		'"+502"',
		'"5.02e2"',
		'"502."',
	],
	...[
		'501.99999999999999999999',
		'"501.99999999999999999999"',
		'-502',
		'-0',
		'0',
		'5020',
		'1502',
		'5',
	],
	...[
		'"\\u0035\\u0030\\u0032"',
		'"5\\/02"',
		'"it\\"502"',
		'"502',
		'502x',
		'5 02',
		'0502',
		'[502]',
		'{"a":502}',
	],
	...[
		'true',
		'false',
		'null',
		'"true"',
		'nul',
		'""',
		'"web-1"',
		'"WEB-1"',
		'"wéb-1"',
		'"web-10"',
		'"***"',
	],
	...[
		'9007199254740993',
		'9007199254740992',
		'90071992547409930',
		'1e999',
		`"a long one ${'x'.repeat(300)}"`,
	],
];
const asked = [
	...[
		'a:502',
		'a:502.0',
		'a=502',
		'a:0',
		'a>501',
		'a<=502',
		'a<1',
		'a!=502',
		'a:502,7',
		'a:true',
		'a:null',
	],
	...[
		'a:web-1',
		'a:"web*"',
		'a~/^w.b/',
		'a:"***"',
		'a:9007199254740993',
		'a:-502',
		'-a:502',
		'has:a',
	],
	...[
		'data.a:502',
		'data.x.a:502',
		'x.a:502',
		'*.a:502',
		'a.*:502',
		'a[0]:502',
		'a.0:502',
		'data["a"]:502',
		'text:x',
	],
	...[
		'a:502 or a:web-1',
		'a:502 -b:5',
		'(a:5 or x.a:5) b:true',
		'sevenwords or a:502',
		'x.a:502 tail',
	],
];

function body({ pick, below }: Random): string {
	const gap = pick(['', '', ' ', ' \t']);
	const member = (key: string) => `"${key}"${gap}:${gap}${pick(spellings)}`;
	const key = () => pick(['a', 'a', 'b', 'xa', '\\u0061', 'x.a', 'text']);
	const inner = below(3) === 0 ? `,"x":{${member(key())},${member('a')}}` : '';
	const mark = below(20) === 0 ? '\ufeff' : '';
	return `${mark}{${member(key())},${member(key())}${inner},"tail":"\\"a\\":502"}`;
}

/** The same question without what its bytes tell. */
function plain(criterion: Criterion): Criterion {
	if (criterion.kind === 'decoded') return { kind: 'decoded', test: criterion.test };
	if (criterion.kind === 'not') return { kind: 'not', part: plain(criterion.part) };
	if (criterion.kind !== 'and' && criterion.kind !== 'or') return criterion;
	return { kind: criterion.kind, parts: criterion.parts.map(plain) };
}

test('a question about a field finds what decoding every body finds, however values are spelled', () => {
	const numbers = random(502);
	const log = new EventLog({ events: 100_000, bytes: 1 << 28 });
	const decoder = new Decoder(log, Object.values(formats));
	for (let at = 0; at < 3000; at++) {
		append(log, { format: 'json', body: body(numbers) });
		const packed = formats.salt.encode?.({ a: numbers.pick([502, '502', 5, true]), b: 5 });
		if (at % 50 === 0 && packed) append(log, { format: 'salt', body: packed });
	}
	const [slab] = log.slabs;
	assert.ok(slab);
	const found = (criterion: Criterion) => {
		const bits = new Bits();
		const matcher = new Matcher(log, criterion, { kind: 'none' }, decoder.decode);
		matcher.match(slab, 0, slab.rows, bits);
		return Array.from({ length: slab.rows }, (_, row) => row).filter((row) => bits.has(row));
	};
	for (const text of asked) {
		const { criterion } = compileFilter(text, 0);
		assert.deepEqual(found(criterion), found(plain(criterion)), text);
	}
	assert.ok(found(compileFilter('a:502', 0).criterion).length > 100);
});
