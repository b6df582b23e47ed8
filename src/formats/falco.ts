import { oneLineJson, parseJson, printJson } from '../codec/json.ts';
import type { Format } from '../core/format.ts';
import { falcoFields } from './falco/event.ts';
import { peekFalco } from './falco/peek.ts';
import { isFalco } from './falco/recognise.ts';
import { falcoBlocks, falcoFacts, falcoGap } from './falco/tell.ts';

/** Falco's JSON line, also as falcosidekick sends it on, and within CloudEvents or the web console's envelope. */
export const falco: Format = {
	id: 'falco',
	recognises: isFalco,
	peek: peekFalco,
	decode: parseJson,
	oneLine: oneLineJson,
	encode: (data) => Buffer.from(printJson(data)),
	facts: (_tag, data) => falcoFacts(data),
	pretty: (_tag, data) => falcoBlocks(data),
	fields: falcoFields,
	gap: falcoGap,
};
