import { caps } from './caps.ts';
import { MsgpackReader, refused } from './msgpack-reader.ts';
import { MsgpackWriter } from './msgpack-writer.ts';

/**
 * The value that MessagePack bytes stand for, exactly: integers beyond 2^53 are bigints, text that is no
 * UTF-8 stays bytes, extensions are an `Extension`. A map is an object without prototype where all its keys
 * are text, else a `Map` whose keys are of their own types. Throws a Failure (`undecodable`) on bytes that
 * are no single whole value, on a key `__proto__`, and beyond the caps.
 */
export function decodeMsgpack(bytes: Uint8Array): unknown {
	if (bytes.length > caps.bytes) throw refused(`more than ${caps.bytes} bytes`, 0);
	const reader = new MsgpackReader(bytes);
	const value = reader.value(0);
	if (reader.at !== bytes.length) throw refused('bytes behind the value', reader.at);
	return value;
}

/**
 * The bytes of a value as Salt expects them: text as `str`, byte arrays as `bin`, integers in their shortest
 * form; an integer beyond 64 bits as its digits, which is how Salt itself sends one. The inverse of
 * `decodeMsgpack`. Throws a Failure (`too-large`) on nesting beyond the caps.
 */
export function encodeMsgpack(value: unknown): Uint8Array {
	const writer = new MsgpackWriter();
	writer.value(value, 0);
	return writer.bytes();
}
