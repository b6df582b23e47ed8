import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Path, valueAt } from '../../src/template/path.ts';
import { compileTemplate } from '../../src/template/template.ts';

const names = {
	host: 'web12',
	count: 3,
	big: 18_446_744_073_709_551_615n,
	isUp: true,
	nothing: null,
	list: ['b', 'a'],
	fields: { 'k8s.pod.name': 'pay-7d9f', 'proc.aname[4]': null },
	data: { items: [{ name: 'one' }, { name: 'two' }] },
};

function filled(source: string, values: unknown = names): unknown {
	return compileTemplate(source).fill((path: Path) => valueAt(values, path));
}

test('a text without holes is itself', () => {
	assert.equal(filled('100 % { }'), '100 % { }');
});

test('holes take their values', () => {
	assert.equal(filled('{{ host }}: {{ fields["k8s.pod.name"] | upper }}'), 'web12: PAY-7D9F');
	assert.equal(filled('{% for item in data.items %}{{ item.name }},{% endfor %}'), 'one,two,');
	assert.equal(filled('{% if count > 2 %}many{% else %}few{% endif %}'), 'many');
	assert.equal(
		filled('{{ list | sort | join(", ") }} and {{ data.items[-1].name }}'),
		'a, b and two',
	);
});

test('one whole expression keeps its native type', () => {
	assert.equal(filled('{{ count }}'), 3);
	assert.equal(filled('{{ isUp }}'), true);
	assert.equal(filled('{{ nothing }}'), null);
	assert.deepEqual(filled('{{ list }}'), ['b', 'a']);
	assert.equal(filled('{{ count + 1 }}'), 4);
	assert.equal(filled('{{ missing | default(7) }}'), 7);
});

test('a 64-bit integer stays exact, alone and within text', () => {
	assert.equal(filled('{{ big }}'), 18_446_744_073_709_551_615n);
	assert.equal(filled('{{ big | default(0) }}'), 18_446_744_073_709_551_615n);
	assert.equal(filled('n={{ big }}'), 'n=18446744073709551615');
	assert.throws(() => filled('{{ big + 1 }}'), /mix BigInt/);
});

test('a path that leads nowhere fails and is named', () => {
	assert.throws(
		() => filled('{{ fields["k8s.ns.name"] }}'),
		/fields\["k8s.ns.name"\] is not there/,
	);
	assert.throws(() => filled('x {{ data.items[5].name }}'), /data.items\[5\].name is not there/);
	assert.throws(() => filled('{% if gone %}x{% endif %}'), /gone is not there/);
	assert.throws(() => filled('{{ nothing }}!'), /nothing is null/);
});

test('default and is defined guard a path', () => {
	assert.equal(filled('{{ gone.deeper["x"] | default("-") }}'), '-');
	assert.equal(filled('{{ host if host is defined else "-" }}'), 'web12');
	assert.equal(filled('{% if gone is defined %}a{% else %}b{% endif %}'), 'b');
	assert.equal(filled('{{ nothing | default("-", true) }}'), '-');
	assert.equal(filled('{{ [] | first | default("none") }}'), 'none');
});

for (const [source, says] of [
	['{{ host', /column \d+: /],
	['a\nb {{ host | loud }}', /line 2:13: there is no filter loud here/],
	['{{ host | uper }}', /column 11: .*did you mean upper/],
	['{% set x = 1 %}', /column 4: there is no statement set/],
	['{% macro m() %}{% endmacro %}', /column 4: there is no statement macro/],
	['{% call x() %}{% endcall %}', /column 4: there is no statement call/],
	['{{ host is defned }}', /column 12: .*did you mean defined/],
	['{{ "a".upper() }}', /column 13: a template calls no functions/],
	['{{ (host) (1) }}', /column 11: a template calls no functions/],
	['ok {{ 1 }} {{ ? }}', /column 12: /],
	['{{ a b }}', /column 6: /],
	['{% if a %}x', /column 11: it ends before this is closed/],
	[`{{ host }}${'x'.repeat(4096)}`, /at most 4 KiB/],
	[`{{ ${'('.repeat(4000)}`, /nests too deep|ends before/],
] as const) {
	test(`${source.slice(0, 30)} is refused with its place`, () => {
		assert.throws(() => compileTemplate(source), says);
	});
}

test('what a template reads are its paths, not the names of members, filters and tests', () => {
	const reads = (source: string) => compileTemplate(source).reads.map((path) => path.join('.'));
	assert.deepEqual(
		reads('{{ a.b | default(c, boolean=true) | upper }}{% if d is defined %}{{ e[f] }}{% endif %}'),
		['a.b', 'a', 'c', 'd', 'e', 'f'],
	);
});
