import { z } from 'zod';
import { type Clock, systemClock } from '../src/core/clock.ts';
import type { Connector, Sink } from '../src/core/connector.ts';
import { checked, countSet, lineKeys, lineKeysOf, lineSourceOf } from './settings.ts';
import { type LineSource, readLines } from './wire/line-source.ts';
import { LineCutter, type LineSink } from './wire/ndjson.ts';

const openingBrace = 0x7b;

const schema = z
	.strictObject(lineKeys)
	.refine(({ file, stdin, command }) => countSet(file, stdin, command) === 1, {
		error: 'needs exactly one of file, stdin, command',
	});

/** Falco's JSON lines: from a file that rotates, a FIFO, standard input or a command. */
export function falcoOn(clock: Clock): Connector<LineSource> {
	return {
		kind: 'falco',
		title: 'Falco',
		formats: ['falco'],
		fromText: (rest, query) => ({ ...lineKeysOf(rest), ...Object.fromEntries(query) }),
		parse(raw) {
			const keys = checked('falco', schema, raw);
			return lineSourceOf(keys, { follow: true, restart: true });
		},
		open(source, sink, stop) {
			return readLines(source, { lines: new LineCutter(onlyJson(sink)), sink, clock }, stop);
		},
	};
}

export const falco = falcoOn(systemClock);

/** Falco's plain text and its own log share the stream with events: such a line is a broken row that names the cure. */
function onlyJson(sink: Sink): LineSink {
	return {
		cut(bytes, tagStart, tagEnd, bodyStart, bodyEnd) {
			if (bytes[bodyStart] === openingBrace) sink.cut(bytes, tagStart, tagEnd, bodyStart, bodyEnd);
			else
				sink.broken(
					bytes.subarray(bodyStart, bodyEnd),
					'no JSON: set json_output: true in falco.yaml',
				);
		},
		broken: (bytes, reason) => sink.broken(bytes, reason),
	};
}
