import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsOf } from '../../src/core/bounds.ts';
import type { Format } from '../../src/core/format.ts';
import { textOf } from '../../src/filter/compare.ts';
import { compileFilter } from '../../src/filter/compile.ts';
import { factKeys } from '../../src/filter/known-keys.ts';
import { onlyValue } from '../../src/filter/parts.ts';
import { keyOf } from '../../src/filter/path.ts';
import { falco } from '../../src/formats/falco.ts';
import { json } from '../../src/formats/json.ts';
import { salt } from '../../src/formats/salt.ts';
import { aRow } from '../support/events.ts';
import { testFile } from '../support/files.ts';
import { type DecodedRow, shows } from '../support/oracle.ts';
import { capturedEvents } from '../support/salt-captures.ts';

function decoded(format: Format, tag: string, body: Uint8Array): DecodedRow {
	const whole = format.decode(body);
	const data = format.redact?.(tag, whole) ?? whole;
	const fields = format.fields?.(data);
	return aRow({ format: format.id, tag, body, data, fields, facts: format.facts(tag, data) });
}

const falcoLines = testFile('recordings/falco.jsonl').toString().trimEnd().split('\n');
const rows = {
	salt: capturedEvents()
		.filter(({ tag, body }) => salt.recognises(boundsOf(tag, body)))
		.map(({ tag, body }) => decoded(salt, Buffer.from(tag).toString(), body)),
	falco: falcoLines.map((line) => decoded(falco, 'falco', Buffer.from(line))),
	json: falcoLines.map((line) => decoded(json, 'falco.all', Buffer.from(line))),
};

/** Every leaf with the path that leads to it. */
function* leaves(
	value: unknown,
	path: readonly string[] = [],
): Generator<readonly [path: readonly string[], leaf: unknown]> {
	const isContainer = typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
	if (!isContainer) {
		yield [path, value];
		return;
	}
	const pairs = value instanceof Map ? [...value] : Object.entries(value);
	for (const [name, item] of pairs) {
		const step = textOf(name);
		if (step !== undefined) yield* leaves(item, [...path, step]);
	}
}

for (const [name, events] of Object.entries(rows)) {
	test(`what ${name} says of an event finds it, by the bytes that must be there`, () => {
		assert.ok(events.length >= 30);
		for (const row of events) {
			for (const key of [...factKeys, 'host'] as const) {
				const value = row.facts[key];
				if (value === undefined) continue;
				const filter = compileFilter(onlyValue(key, String(value)), 0);
				assert.ok(shows(filter, row), `${filter.text} on ${row.tag}`);
			}
		}
	});

	test(`every value in the data of ${name} is found by its path`, () => {
		for (const row of events) {
			for (const [path, leaf] of leaves(row.data)) {
				const filter = compileFilter(onlyValue(keyOf(path), textOf(leaf) ?? ''), 0);
				assert.ok(shows(filter, row), `${filter.text} on ${row.tag}`);
			}
		}
	});
}
