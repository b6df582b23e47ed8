import { Failure } from '../core/errors.ts';
import { caps } from './caps.ts';
import { type Extension, isExtension } from './extension.ts';

/** Writes values one behind the other into a buffer that grows. */
export class MsgpackWriter {
	private buffer = Buffer.allocUnsafe(512);
	private at = 0;

	bytes(): Uint8Array {
		return Uint8Array.from(this.buffer.subarray(0, this.at));
	}

	value(value: unknown, depth: number): void {
		if (depth > caps.depth) throw new Failure('too-large', `nested deeper than ${caps.depth}`);
		if (value === null || value === undefined) this.byte(0xc0);
		else if (typeof value === 'boolean') this.byte(value ? 0xc3 : 0xc2);
		else if (typeof value === 'number') this.number(value);
		else if (typeof value === 'bigint') this.bigint(value);
		else if (typeof value === 'object') this.object(value, depth);
		else this.text(String(value));
	}

	private object(value: object, depth: number): void {
		if (value instanceof Uint8Array) this.binary(value);
		else if (Array.isArray(value)) this.array(value, depth);
		else if (value instanceof Map) this.map([...value], depth);
		else if (isExtension(value)) this.extension(value);
		else this.map(Object.entries(value), depth);
	}

	private number(value: number): void {
		if (Number.isSafeInteger(value) && !Object.is(value, -0)) this.integer(value);
		else this.double(value);
	}

	private double(value: number): void {
		this.byte(0xcb);
		const at = this.room(8);
		this.buffer.writeDoubleBE(value, at);
	}

	private integer(value: number): void {
		if (value < -0x80000000 || value > 0xffffffff) this.wide(BigInt(value));
		else if (value >= -32 && value < 0x80) this.byte(value & 0xff);
		else if (value >= 0) this.sized(0xcc, value);
		else if (value >= -0x80) this.signed(0xd0, 1, value);
		else if (value >= -0x8000) this.signed(0xd1, 2, value);
		else this.signed(0xd2, 4, value);
	}

	private signed(mark: number, width: number, value: number): void {
		this.byte(mark);
		const at = this.room(width);
		this.buffer.writeIntBE(value, at, width);
	}

	private bigint(value: bigint): void {
		if (Number.isSafeInteger(Number(value))) this.integer(Number(value));
		else if (value >= -(2n ** 63n) && value < 2n ** 64n) this.wide(value);
		else this.text(String(value));
	}

	/** 64 bits, signed where it is negative. */
	private wide(value: bigint): void {
		this.byte(value < 0n ? 0xd3 : 0xcf);
		const at = this.room(8);
		this.buffer.writeBigUInt64BE(BigInt.asUintN(64, value), at);
	}

	private text(text: string): void {
		const length = Buffer.byteLength(text);
		if (length < 32) this.byte(0xa0 | length);
		else this.sized(0xd9, length);
		const at = this.room(length);
		this.buffer.write(text, at);
	}

	private binary(bytes: Uint8Array): void {
		this.sized(0xc4, bytes.length);
		this.append(bytes);
	}

	private extension({ $ext, data }: Extension): void {
		const bytes = typeof data === 'string' ? Buffer.from(data) : data;
		this.sized(0xc7, bytes.length);
		this.byte($ext & 0xff);
		this.append(bytes);
	}

	private array(list: readonly unknown[], depth: number): void {
		if (list.length < 16) this.byte(0x90 | list.length);
		else this.counted(0xdc, list.length);
		for (const value of list) this.value(value, depth + 1);
	}

	private map(entries: readonly (readonly [unknown, unknown])[], depth: number): void {
		if (entries.length < 16) this.byte(0x80 | entries.length);
		else this.counted(0xde, entries.length);
		for (const [key, value] of entries) {
			this.value(key, depth + 1);
			this.value(value, depth + 1);
		}
	}

	/** The mark of the shortest form, 1, 2 or 4 bytes wide, and the number in it. */
	private sized(mark: number, value: number): void {
		const step = value < 0x100 ? 0 : value < 0x10000 ? 1 : 2;
		this.byte(mark + step);
		this.unsigned(value, 1 << step);
	}

	/** As `sized`, for containers, whose counts are at least 2 bytes wide. */
	private counted(mark: number, count: number): void {
		const step = count < 0x10000 ? 0 : 1;
		this.byte(mark + step);
		this.unsigned(count, 2 << step);
	}

	private unsigned(value: number, width: number): void {
		const at = this.room(width);
		this.buffer.writeUIntBE(value, at, width);
	}

	private append(bytes: Uint8Array): void {
		const at = this.room(bytes.length);
		this.buffer.set(bytes, at);
	}

	private byte(value: number): void {
		const at = this.room(1);
		this.buffer[at] = value;
	}

	/** Where the next `count` bytes go, once there is room for them. */
	private room(count: number): number {
		const start = this.at;
		this.at += count;
		if (this.at > this.buffer.length) {
			const grown = Buffer.allocUnsafe(this.at * 2);
			this.buffer.copy(grown, 0, 0, start);
			this.buffer = grown;
		}
		return start;
	}
}
