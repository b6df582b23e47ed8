import assert from 'node:assert/strict';
import { test } from 'node:test';
import { severityNames } from '../../src/core/severity.ts';
import { Arrival } from '../../src/engine/arrival.ts';
import { Decoder } from '../../src/engine/decoder.ts';
import { Indexer } from '../../src/engine/indexer.ts';
import { Ingest, type Tally } from '../../src/engine/ingest.ts';
import { compileFilter } from '../../src/filter/compile.ts';
import { factKeys } from '../../src/filter/known-keys.ts';
import { quoted } from '../../src/filter/lexemes.ts';
import { parseFilter } from '../../src/filter/parse.ts';
import { onlyValue } from '../../src/filter/parts.ts';
import { filterToCel } from '../../src/filter/to-cel.ts';
import * as formats from '../../src/formats/registry.ts';
import { Bits } from '../../src/log/bits.ts';
import { EventLog } from '../../src/log/event-log.ts';
import { Matcher } from '../../src/log/matcher.ts';
import type { Slab } from '../../src/log/slab.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { testFile } from '../support/files.ts';
import { type DecodedRow, shows } from '../support/oracle.ts';
import { type Random, random as seeded } from '../support/random.ts';
import { capturedEvents } from '../support/salt-captures.ts';

const clock = fakeClock();
const now = clock.now();
const kinds = ['event', 'gap', 'broken', 'sensor'] as const;

/** All recordings in one log, with gaps and broken frames between them. */
function recorded(): { log: EventLog; decoder: Decoder; rows: readonly DecodedRow[] } {
	const log = new EventLog({ events: 100_000, bytes: 1 << 28 });
	const indexer = new Indexer(log, Object.values(formats));
	const sinkOf = (name: string, format: string) => {
		const register = (_: string, tally: Tally) => indexer.register(name, tally, [format]);
		return new Ingest({ log, arrival: new Arrival(clock), register, onChange() {} }, name);
	};
	const salt = sinkOf('salt', 'salt');
	const falco = sinkOf('falco', 'falco');
	const bus = sinkOf('bus', 'json');
	for (const { tag, body } of capturedEvents()) salt.event(tag, body);
	salt.gap({ from: now - 5000, to: now, cause: 'the master closed the connection' });
	bus.broken(Buffer.from('{"half'), 'not JSON');
	for (const line of testFile('recordings/falco.jsonl').toString().trimEnd().split('\n')) {
		falco.event(Buffer.alloc(0), Buffer.from(line));
		bus.event(Buffer.from('falco.all'), Buffer.from(line));
	}
	log.index(() => false);
	const decoder = new Decoder(log, Object.values(formats));
	const [slab] = log.slabs;
	assert.ok(slab && log.slabs.length === 1);
	const rows = Array.from({ length: slab.rows }, (_, row) => {
		const kind = kinds[slab.kind(row)] ?? 'event';
		const told = decoder.decode(slab, row);
		return { ...bare(log, row), ...told, kind };
	});
	return { log, decoder, rows };
}

/** What a row nobody can decode still is. */
function bare(log: EventLog, row: number): DecodedRow {
	const [slab] = log.slabs;
	assert.ok(slab);
	return {
		kind: 'broken',
		source: log.sources.name(slab.sources[row] ?? 0),
		format: log.formats.name(slab.formats[row] ?? 0),
		severity: slab.severities[row] ?? 8,
		time: slab.time(row),
		tag: Buffer.from(slab.tag(row)).toString(),
		isTransportTag: slab.isTransportTag(row),
		body: slab.body(row),
		data: undefined,
		fields: undefined,
		facts: { who: '', summary: '', ids: [] },
	};
}

/** A question that some recorded row answers. */
function anyQuestion(random: Random, rows: readonly DecodedRow[]): string {
	const row = random.pick(rows);
	const piece = (text: string) => {
		const start = random.below(text.length);
		return text.slice(start, start + 1 + random.below(6)) || 'a';
	};
	const key = random.pick(factKeys);
	const value = String(row.facts[key] ?? row.facts.host ?? 'x');
	const severity = random.pick(severityNames);
	return random.pick([
		() => quoted(piece(row.tag)),
		() => quoted(piece(Buffer.from(row.body).toString())),
		() => `/${piece(row.tag).replace(/\W/g, '.')}/`,
		() => onlyValue(key, value),
		() => onlyValue('host', row.facts.host ?? 'x'),
		() => `${key}:${quoted(`${value.slice(0, 4)}*`)}`,
		() => `has:${random.pick([key, 'host', 'subject', 'retcode', 'fd.name', 'rule'])}`,
		() => `rc${random.pick(['>', '<=', '!='])}${random.below(3)}`,
		() =>
			`data.${random.pick(['retcode', 'success', 'id', '*.id', 'output', 'uuid', 'priority'])}${random.pick([':', '!='])}${random.pick(['0', 'true', '*m*', 'Warning'])}`,
		() => `sev${random.pick(['>=', '<', ':'])}${severity}`,
		() => `tag:${quoted(`*${piece(row.tag)}*`)}`,
		() => random.pick(['src:salt', 'src:falco,bus', 'format:json', 'kind:gap', 'subject:falco.>']),
		() => random.pick(['since:1m', 'until:2026-06-01', 'time>=2026-11-21']),
	])();
}

function anyFilter(random: Random, rows: readonly DecodedRow[]): string {
	const [one, two, three] = Array.from({ length: 3 }, () => anyQuestion(random, rows));
	return random.pick([
		`${one}`,
		`-${one}`,
		`${one} ${two}`,
		`-(${one} ${two})`,
		`${one} or ${two}`,
		`${one} -(${two} or ${three})`,
		`(${one} or -${two}) ${three}`,
	]);
}

/** What a matcher finds, in steps of any length; a few rows are asked for alone too. */
function found(matcher: Matcher, slab: Slab, random: Random): Bits {
	const bits = new Bits();
	for (let from = 0; from < slab.rows; ) {
		const to = Math.min(slab.rows, from + 1 + random.below(200));
		matcher.match(slab, from, to, bits);
		from = to;
	}
	for (let row = random.below(40); row < slab.rows; row += 40) {
		assert.equal(matcher.matches(slab, row), bits.has(row), `row ${row} alone`);
	}
	return bits;
}

test('the log finds for every filter exactly the rows that it describes', () => {
	const { log, decoder, rows } = recorded();
	const [slab] = log.slabs;
	assert.ok(slab && rows.length > 300);
	let shown = 0;
	for (let seed = 1; seed <= 400; seed++) {
		const random = seeded(seed);
		const written = anyFilter(random, rows);
		const cel = filterToCel(parseFilter(written), { text: written, now });
		const text = random.below(10) === 0 ? `= ${cel}` : written;
		const filter = compileFilter(text, now);
		const matcher = new Matcher(log, filter.criterion, filter.forGaps, decoder.decode);
		const bits = found(matcher, slab, random);
		for (const [at, row] of rows.entries()) {
			assert.equal(
				bits.has(at),
				shows(filter, row),
				`seed ${seed}: ${text} on row ${at}, ${row.tag}`,
			);
			if (bits.has(at)) shown++;
		}
	}
	assert.ok(shown > 400 && shown < 400 * rows.length * 0.7, `${shown}`);
});
