import { printJson } from '../codec/json.ts';
import { printYaml } from '../codec/yaml.ts';
import { Failure } from '../core/errors.ts';
import { isoMs, isoTime } from '../core/instant.ts';
import { safeText } from '../core/safe-text.ts';
import type { BrokenRow, EventRow, GapRow, Row, SourceState } from '../core/session.ts';
import type { Engine } from '../engine/engine.ts';
import type { Place } from '../log/event-log.ts';
import { wordsOf } from './link-words.ts';

const apiVersion = 'eventctl/v1';

const outputs = ['jsonl', 'text', 'yaml', 'salt', 'raw'] as const;
export type Output = (typeof outputs)[number];

/** Throws a Failure that names the formats for a word that is none. `json` is JSON lines too. */
export function outputOf(word: string | undefined): Output {
	if (word === undefined || word === 'json') return 'jsonl';
	const known = outputs.find((output) => output === word);
	if (known) return known;
	throw new Failure('usage', `-o ${word}: there are ${outputs.join(', ')}`);
}

/** One row as one line of a machine format, or as text. Controls and invisible code points are written escaped. */
export function lineOf(engine: Engine, place: Place, output: Output): Uint8Array | string {
	if (output === 'raw') return engine.decoder.bytes(place.slab, place.row);
	const row = engine.decoder.row(place.slab, place.row);
	if (output === 'text') return `${textOf(row)}\n`;
	if (row.kind === 'gap' || row.kind === 'broken') return printed(oddObject(row), output);
	if (output === 'yaml') {
		const data = engine.decoder.decode(place.slab, place.row)?.data;
		return printed({ ...eventObject(row), data }, output);
	}
	const data = engine.decoder.json(place.slab, place.row);
	if (output === 'salt') return `${fileText(row.tag)}\t${data}\n`;
	return `${printJson(eventObject(row)).slice(0, -1)},"data":${data}}\n`;
}

/** Rows that were lost between the bus and this output. */
export function droppedLine(count: number, output: Output): string {
	if (output === 'text')
		return `--- dropped: ${count} rows fell before they could be written ---\n`;
	return printed({ apiVersion, dropped: { count } }, output);
}

export function linkLine(source: SourceState, output: Output): string {
	const { kind } = source.link;
	if (output === 'text') return `--- ${source.name}: ${fileText(wordsOf(source.link))} ---\n`;
	const reason = 'reason' in source.link ? { reason: source.link.reason } : {};
	const behind = kind === 'catching-up' ? { behind: source.link.behind } : {};
	return printed(
		{ apiVersion, link: { source: source.name, state: kind, ...reason, ...behind } },
		output,
	);
}

function printed(object: Readonly<Record<string, unknown>>, output: Output): string {
	if (output === 'yaml') return `---\n${printYaml(object)}`;
	return `${printJson(object)}\n`;
}

function oddObject(row: GapRow | BrokenRow): Readonly<Record<string, unknown>> {
	if (row.kind === 'broken') {
		const { source, bytes, sha256, reason, head } = row;
		return { apiVersion, broken: { source, bytes, sha256, reason, head: fileText(head) } };
	}
	const { from, to, cause, lost } = row.gap;
	const gap = { source: row.source, from: isoMs(from), to: isoMs(to), cause };
	return { apiVersion, gap: lost === undefined ? gap : { ...gap, lost } };
}

/** All of an event but its data. */
function eventObject(row: EventRow): Readonly<Record<string, unknown>> {
	const { seq, source, format, tag, severity, facts } = row;
	const host = facts.host === undefined ? {} : { host: facts.host };
	const { summary } = facts;
	const time = isoTime(row.time);
	const arrived = isoTime(row.arrived);
	return { apiVersion, seq, time, arrived, source, format, tag, severity, ...host, summary };
}

function textOf(row: Row): string {
	if (row.kind === 'gap') {
		const { from, to, cause, lost } = row.gap;
		const count = lost === undefined ? '' : `, ${lost} lost`;
		return `--- gap: ${fileText(row.source)} ${isoMs(from)} to ${isoMs(to)}: ${fileText(cause)}${count} ---`;
	}
	if (row.kind === 'broken') {
		return `--- broken: ${fileText(row.source)} ${row.bytes} bytes: ${fileText(row.reason)}: ${fileText(row.head)} ---`;
	}
	const { severity, source, tag, facts } = row;
	const columns = [
		isoTime(row.time),
		severity.padEnd(7),
		source,
		facts.who || '-',
		tag,
		facts.summary,
	];
	return columns.map((column) => fileText(column)).join(' ');
}

/** In the notation of files: everything unprintable as an escape that can be read back. */
function fileText(value: unknown): string {
	return safeText(value, 'file');
}
