import * as z from 'zod';
import { type Clock, systemClock } from '../src/core/clock.ts';
import type { Connector, Sink } from '../src/core/connector.ts';
import { type HttpSettings, httpKeys, httpSettingsOf, openHttp } from './http-settings.ts';
import { checked, countSet, lineKeys, lineKeysOf, lineSourceOf } from './settings.ts';
import { elementsOf } from './wire/json-elements.ts';
import { type LineSource, readLines } from './wire/line-source.ts';
import { LineCutter, type LineSink } from './wire/ndjson.ts';

export type FalcoSettings = LineSource | ({ readonly way: 'http' } & HttpSettings);

const openingBrace = 0x7b;
const notJson = 'no JSON object: set json_output: true in falco.yaml';
const mediaTypes = [
	'application/json',
	'application/cloudevents+json',
	'application/cloudevents-batch+json',
];

const schema = z
	.strictObject({ ...lineKeys, ...httpKeys })
	.refine(({ file, stdin, command, listen }) => countSet(file, stdin, command, listen) === 1, {
		error: 'needs exactly one of file, stdin, command, listen',
	});

/** Falco's events: JSON lines from a file that rotates, a FIFO, standard input or a command, or HTTP requests. */
export function falcoOn(clock: Clock): Connector<FalcoSettings> {
	return {
		kind: 'falco',
		title: 'Falco',
		formats: ['falco'],
		fromText(rest, query) {
			const where = /^https?:/.test(rest) ? { listen: rest } : lineKeysOf(rest);
			return { ...where, ...Object.fromEntries(query) };
		},
		parse(raw) {
			const { listen, token, tls, ...keys } = checked('falco', schema, raw);
			if (listen === undefined) return lineSourceOf(keys, { follow: true, restart: true });
			return { way: 'http', ...httpSettingsOf('falco', listen, { token, tls }) };
		},
		open(settings, sink, stop) {
			const lines = onlyJson(sink);
			if (settings.way === 'http') {
				const take = (body: Buffer) => takeBody(body, lines);
				const taking = { types: mediaTypes, otherType: notJson, take };
				return openHttp(settings, taking, sink, clock, stop);
			}
			return readLines(settings, { lines: new LineCutter(lines), sink, clock }, stop);
		},
	};
}

export const falco = falcoOn(systemClock);

/** Falco's plain text and its own log share the stream with events: such a line is a broken row that names the cure. */
function onlyJson(sink: Sink): LineSink {
	return {
		cut(bytes, tagStart, tagEnd, bodyStart, bodyEnd) {
			if (bytes[bodyStart] === openingBrace) sink.cut(bytes, tagStart, tagEnd, bodyStart, bodyEnd);
			else sink.broken(bytes.subarray(bodyStart, bodyEnd), notJson);
		},
		broken: (bytes, reason) => sink.broken(bytes, reason),
	};
}

/** One event, a batch of CloudEvents, or the body of a binary one, whose headers say nothing the body does not. */
function takeBody(body: Buffer, lines: LineSink): void {
	const elements = elementsOf(body);
	if (!elements) lines.broken(body, 'a body that is neither a JSON object nor an array of them');
	else for (const { start, end } of elements) lines.cut(body, start, start, start, end);
}
