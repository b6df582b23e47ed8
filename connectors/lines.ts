import * as z from 'zod';
import { type Clock, systemClock } from '../src/core/clock.ts';
import type { Connector } from '../src/core/connector.ts';
import { checked, countSet, lineKeys, lineKeysOf, lineSourceOf } from './settings.ts';
import { type LineSource, readLines } from './wire/line-source.ts';
import { LineCutter } from './wire/ndjson.ts';

const schema = z
	.strictObject({ ...lineKeys, follow: z.union([z.boolean(), z.stringbool()]).default(false) })
	.refine(({ file, stdin, command }) => countSet(file, stdin, command) === 1, {
		error: 'needs exactly one of file, stdin, command',
	});

/** JSON or text, line by line, from standard input, a file or a command. */
export function linesOn(clock: Clock): Connector<LineSource> {
	return {
		kind: 'lines',
		title: 'Lines of JSON or text',
		formats: [],
		fromText: (rest, query) => ({ ...lineKeysOf(rest), ...Object.fromEntries(query) }),
		parse(raw) {
			const { follow, ...keys } = checked('lines', schema, raw);
			return lineSourceOf(keys, { follow, restart: false });
		},
		open(source, sink, stop) {
			return readLines(source, { lines: new LineCutter(sink), sink, clock }, stop);
		},
		async discover({ stdinIsPiped }) {
			return stdinIsPiped ? [{ name: 'stdin', raw: { stdin: true } }] : [];
		},
	};
}

export const lines = linesOn(systemClock);
