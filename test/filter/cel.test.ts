import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilter, filterProblem } from '../../src/filter/compile.ts';
import { aRow } from '../support/events.ts';
import { type DecodedRow, shows } from '../support/oracle.ts';

const many = Array.from({ length: 10_000 }, (_, index) => index);

function isShown(expression: string, row: DecodedRow): boolean {
	return shows(compileFilter(`= ${expression}`, 0), row);
}

test('loops in loops end on a budget, and what had none left is not shown', () => {
	const row = aRow({ data: { many } });
	assert.ok(isShown('data.many.all(x, x >= 0)', row));
	assert.ok(isShown('data.many.exists(x, data.many.exists(y, x + y == 0.0))', row));
	for (const bomb of [
		'data.many.all(x, data.many.all(y, x >= 0 || y >= 0))',
		'!data.many.exists(x, data.many.exists(y, x + y < 0.0))',
		'data.many.all(x, data.many.all(y, data.many.all(z, true)))',
		'data.many.filter(x, data.many.exists(y, y < 0)).size() == 0',
		'size(data.many.filter(x, data.many.exists_one(y, x == y))) == 10000',
	]) {
		assert.ok(!isShown(bomb, row), bomb);
	}
});

test('a budget is spent anew for each event', () => {
	const filter = compileFilter('= data.many.all(x, data.many.all(y, true))', 0);
	assert.ok(!shows(filter, aRow({ data: { many } })));
	assert.ok(shows(filter, aRow({ data: { many: [1, 2, 3] } })));
});

const refusals: readonly (readonly [expression: string, says: RegExp])[] = [
	['[1].all(a, [1].all(b, [1].all(c, [1].all(d, true))))', /more than 3 loops/],
	['["a"].map(x, x + x) == []', /no map/],
	['cel.bind(x, tag, x == tag)', /no bind/],
	['tag.matches("a")', /write re/],
	['data.list.exists(x, x.matches("a"))', /write re/],
	['[tag].all((x), true)', /variable, a comma/],
	[`tag == "${'a'.repeat(2048)}"`, /at most 2048/],
	['glob(tag, tag)', /in quotes/],
	['__turn(1)', /not for people/],
	['tag + 1 == "a"', /no such overload/],
];

for (const [expression, says] of refusals) {
	test(`${expression.slice(0, 50)} is refused`, () => {
		assert.match(filterProblem(`= ${expression}`, 0)?.message ?? '', says);
	});
}

test('a budget stands in a loop whatever its body looks like', () => {
	const row = aRow({ data: { list: [1, 2], empty: [] } });
	for (const expression of [
		'data.list.all(x, (x > 0) && (x < 3))',
		'(data.list).exists( x , x == 2 || (x == 1) )',
		'data.list.all(x, x > 0 ? true : false)',
		'data.list.exists(x, [x].exists(y, y == 2)) && data.empty.all(x, false)',
		'data.list.filter(x, x > 1) == [2.0]',
	]) {
		assert.ok(isShown(expression, row), expression);
	}
});

test('what an expression stumbles on makes it false, not an error', () => {
	const row = aRow({ data: { text: 'x', deep: { list: [] } } });
	for (const expression of [
		'data.nowhere == 1',
		'!(data.nowhere == 1)',
		'data.text > 1',
		'data.text.nowhere == 1',
		'data.deep.list[3] == 1',
		'data.text && true',
		'1 / 0 == 1',
		'rc != 0',
	]) {
		assert.ok(!isShown(expression, row), expression);
	}
});

test('the variables and functions of a condition answer for the event', () => {
	const row = aRow({
		data: { retcode: 2, name: 'web12' },
		fields: { 'k8s.ns.name': 'payments' },
		facts: { who: 'web12', summary: 'done', ids: ['R-1'], host: 'web12', rc: 2 },
		severity: 3,
	});
	for (const expression of [
		'tag == "ops/deploy/done" && source == "salt" && format == "json" && kind == "event"',
		'severity == 3 && severity < 4',
		'host == "web12" && who == "web12" && rc == 2 && "R-1" in ids',
		'time < timestamp("2030-01-01T00:00:00Z")',
		'fields["k8s.ns.name"] == "payments"',
		'has(data.retcode) && !has(data.nowhere)',
		'text("WEB12") || text("web12")',
		'text().size() > 0',
		'path("k8s.ns.name") == ["payments"]',
		're("web[0-9]+") && re(host, "^web") && glob(host, "web*")',
		'subject(">")',
	]) {
		assert.ok(isShown(expression, row), expression);
	}
});
