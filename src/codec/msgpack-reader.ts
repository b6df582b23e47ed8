import { Failure } from '../core/errors.ts';
import { caps } from './caps.ts';
import { datetimeType, type Extension } from './extension.ts';
import { utf8OrBytes } from './utf8.ts';

/** Reads values one behind the other; every failure is a Failure (`undecodable`) with its byte. */
export class MsgpackReader {
	at = 0;
	private values = 0;
	private readonly bytes: Buffer;

	constructor(bytes: Uint8Array) {
		this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	value(depth: number): unknown {
		this.values += 1;
		if (this.values > caps.values) throw refused(`more than ${caps.values} values`, this.at);
		const first = this.bytes[this.take(1)] ?? 0;
		if (first < 0x80) return first;
		if (first < 0x90) return this.map(first & 0x0f, depth);
		if (first < 0xa0) return this.array(first & 0x0f, depth);
		if (first < 0xc0) return this.text(first & 0x1f);
		if (first >= 0xe0) return first - 0x100;
		return this.marked(first, depth);
	}

	private marked(mark: number, depth: number): unknown {
		switch (mark) {
			case 0xc0:
				return null;
			case 0xc2:
				return false;
			case 0xc3:
				return true;
			case 0xc4:
			case 0xc5:
			case 0xc6:
				return this.copy(this.length(1 << (mark - 0xc4)));
			case 0xc7:
			case 0xc8:
			case 0xc9:
				return this.extension(this.length(1 << (mark - 0xc7)));
			case 0xca:
				return this.bytes.readFloatBE(this.take(4));
			case 0xcb:
				return this.bytes.readDoubleBE(this.take(8));
			case 0xcc:
			case 0xcd:
			case 0xce:
				return this.length(1 << (mark - 0xcc));
			case 0xcf:
				return exact(this.bytes.readBigUInt64BE(this.take(8)));
			case 0xd0:
				return this.bytes.readInt8(this.take(1));
			case 0xd1:
				return this.bytes.readInt16BE(this.take(2));
			case 0xd2:
				return this.bytes.readInt32BE(this.take(4));
			case 0xd3:
				return exact(this.bytes.readBigInt64BE(this.take(8)));
			case 0xd4:
			case 0xd5:
			case 0xd6:
			case 0xd7:
			case 0xd8:
				return this.extension(1 << (mark - 0xd4));
			case 0xd9:
			case 0xda:
			case 0xdb:
				return this.text(this.length(1 << (mark - 0xd9)));
			case 0xdc:
			case 0xdd:
				return this.array(this.length(2 << (mark - 0xdc)), depth);
			case 0xde:
			case 0xdf:
				return this.map(this.length(2 << (mark - 0xde)), depth);
			default:
				throw refused('a byte that begins no value', this.at - 1);
		}
	}

	/** Where the next `count` bytes begin, once they are known to be there. */
	private take(count: number): number {
		const start = this.at;
		this.at += count;
		if (this.at > this.bytes.length) throw refused('the value is cut off', start);
		return start;
	}

	/** An unsigned number of 1, 2 or 4 bytes. */
	private length(width: number): number {
		return this.bytes.readUIntBE(this.take(width), width);
	}

	private text(length: number): string | Uint8Array {
		const start = this.take(length);
		return utf8OrBytes(this.bytes, start, this.at);
	}

	private copy(length: number): Uint8Array {
		const start = this.take(length);
		return Uint8Array.from(this.bytes.subarray(start, this.at));
	}

	private extension(length: number): Extension {
		const $ext = this.bytes.readInt8(this.take(1));
		const data = $ext === datetimeType ? this.text(length) : this.copy(length);
		return bare({ $ext, data });
	}

	private array(count: number, depth: number): unknown[] {
		this.open(count, depth);
		const list: unknown[] = [];
		for (let index = 0; index < count; index += 1) list.push(this.value(depth + 1));
		return list;
	}

	private map(count: number, depth: number): unknown {
		this.open(count, depth);
		const record: Record<string, unknown> = Object.create(null);
		for (let index = 0; index < count; index += 1) {
			const key = this.value(depth + 1);
			if (typeof key !== 'string') return this.mixed(record, key, count - index, depth);
			if (key === '__proto__') throw refused('a key that would forge a prototype', this.at);
			record[key] = this.value(depth + 1);
		}
		return record;
	}

	/** The rest of a map once a key turned out not to be text: integers, None, floats and tuples are keys in Python. */
	private mixed(
		before: Record<string, unknown>,
		first: unknown,
		count: number,
		depth: number,
	): Map<unknown, unknown> {
		const map = new Map<unknown, unknown>(Object.entries(before));
		map.set(first, this.value(depth + 1));
		for (let index = 1; index < count; index += 1) {
			const key = this.value(depth + 1);
			if (key === '__proto__') throw refused('a key that would forge a prototype', this.at);
			map.set(key, this.value(depth + 1));
		}
		return map;
	}

	private open(count: number, depth: number): void {
		if (depth >= caps.depth) throw refused(`nested deeper than ${caps.depth}`, this.at);
		if (count > caps.entries) throw refused(`more than ${caps.entries} entries`, this.at);
	}
}

function exact(integer: bigint): number | bigint {
	const number = Number(integer);
	return Number.isSafeInteger(number) ? number : integer;
}

export function refused(reason: string, at: number): Failure {
	return new Failure('undecodable', `MessagePack: ${reason} at byte ${at}`);
}

/** Without a prototype, like every other object that bytes are decoded to. */
function bare(extension: Extension): Extension {
	return Object.setPrototypeOf(extension, null);
}
