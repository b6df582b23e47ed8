import type { Format } from '../core/format.ts';
import { decodeUtf8 } from '../core/utf8.ts';
import { word } from './values.ts';

const info = 6;

/** Lines that are nothing else: shown as they are. */
export const text: Format = {
	id: 'text',
	recognises: () => true,
	peek(_at, out) {
		out.severity = info;
	},
	decode: decodeUtf8,
	encode: (data) => Buffer.from(word(data) ?? ''),
	facts: (_tag, data) => ({ who: '', summary: word(data) ?? '', ids: [] }),
	pretty: (_tag, data) => [{ type: 'text', text: word(data) ?? '' }],
};
