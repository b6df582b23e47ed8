import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valueAt } from '../../src/template/path.ts';
import { compileTemplate } from '../../src/template/template.ts';

function filled(source: string, values: unknown): unknown {
	return compileTemplate(source).fill((path) => valueAt(values, path));
}

for (const source of [
	"{{ ''.constructor }}",
	"{{ ''['constructor']['constructor'] }}",
	'{{ data.constructor }}',
	'{{ data["__proto__"] }}',
	'{{ data.list.__proto__ }}',
	'{{ data.hasOwnProperty }}',
	'{{ data.items }}',
	'{{ "a".upper }}',
	'{{ range }}',
	'{{ namespace }}',
	'{{ raise_exception }}',
	'{{ strftime_now }}',
	'{{ loop }}',
	'{{ data[key] }}',
]) {
	test(`${source} reaches nothing`, () => {
		const values = { key: 'constructor', data: { list: [1] } };
		assert.throws(() => filled(source, values), /is not there|nothing/);
	});
}

test('what an event says is never read as a template', () => {
	const values = { who: '{{ secret }}{% for a in b %}', secret: 'x' };
	assert.equal(filled('{{ who }}', values), '{{ secret }}{% for a in b %}');
	assert.equal(filled('<{{ who }}>', values), '<{{ secret }}{% for a in b %}>');
});

test('an own __proto__ of an event changes no prototype', () => {
	const data: unknown = JSON.parse('{"__proto__": {"polluted": true}, "constructor": "x"}');
	assert.equal(filled('{{ data.constructor }}', { data }), 'x');
	const whole = filled('{{ data | default(1) }}', { data });
	assert.equal(Object.getPrototypeOf(whole), null);
	filled('{{ data | tojson }}', { data });
	assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('a function in the data is not there', () => {
	assert.throws(() => filled('x{{ data.f }}', { data: { f: () => 'called' } }), /is not there/);
});

const many = { data: Array.from({ length: 9000 }, (_, index) => String(index)) };

for (const source of [
	'{% for a in data %}{% for b in data %}{% endfor %}{% endfor %}',
	'{% for a in data %}{{ data | sort | length }}{% endfor %}',
	'{% for a in data %}{{ a }}{{ a }}{% endfor %}',
	`{{ ${'(data | tojson | length) + '.repeat(50)}0 }}`,
]) {
	test(`${source.slice(0, 50)} is stopped by its steps`, () => {
		assert.throws(() => filled(source, many), /more than 10000 steps/);
	});
}

test('no output grows beyond its bound', () => {
	const values = { text: 'x'.repeat(40_000) };
	assert.throws(() => filled('{{ text }}{{ text }}', values), /more than 64 KiB/);
	assert.throws(() => filled('{{ text ~ text }}', values), /more than 64 KiB/);
});

test('a filter that multiplies is not there', () => {
	for (const source of ['{{ "a" | replace("a", "aa") }}', '{{ "a" | indent(1000000000) }}']) {
		assert.throws(() => compileTemplate(source), /there is no filter/);
	}
});
