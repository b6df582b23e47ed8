/**
 * Just enough of an assembler for one WebAssembly function: an expression is its instructions, innermost first, so
 * that a function reads as what it does. Numbers are WebAssembly's opcodes.
 */
export type Code = readonly number[];

/** What TypeScript knows of WebAssembly only together with a browser's names. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Memory: new (pages: { readonly initial: number }) => Memory;
	readonly Instance: new (
		module: object,
		imports: { readonly own: { readonly memory: Memory } },
	) => { readonly exports: { readonly run: (...values: number[]) => number } };
};

type Memory = { readonly buffer: ArrayBuffer };

export type Local = { readonly get: Code; set(value: Code): Code };

export function local(index: number): Local {
	return { get: [0x20, index], set: (value) => [...value, 0x21, index] };
}

export function constant(value: number): Code {
	return [0x41, ...signed(value)];
}

function binary(...opcode: number[]): (one: Code, other: Code) => Code {
	return (one, other) => [...one, ...other, ...opcode];
}

export const add = binary(0x6a);
export const and = binary(0x71);
export const or = binary(0x72);
export const equal = binary(0x46);
export const isLess = binary(0x48);
export const isAtMost = binary(0x4c);

/** The number without its lowest bit. */
export function withoutLowest(bits: Code): Code {
	return and(bits, add(bits, constant(-1)));
}

export function trailingZeros(bits: Code): Code {
	return [...bits, 0x68];
}

/** The byte at an address. */
export function byteAt(address: Code, offset: number): Code {
	return [...address, 0x2d, 0, ...unsigned(offset)];
}

/** Sixteen bytes at a time. */
export const bytes16 = {
	at: (address: Code, offset: number): Code => [...address, 0xfd, 0, 0, ...unsigned(offset)],
	/** The same byte sixteen times. */
	all: (byte: Code): Code => [...byte, 0xfd, 15],
	equal: binary(0xfd, 35),
	and: binary(0xfd, 78),
	or: binary(0xfd, 80),
	any: (bytes: Code): Code => [...bytes, 0xfd, 83],
	/** A bit for each byte: its highest. */
	mask: (bytes: Code): Code => [...bytes, 0xfd, 100],
};

export function whileTrue(condition: Code, ...body: readonly Code[]): Code {
	return [0x02, 0x40, 0x03, 0x40, ...condition, 0x45, 0x0d, 1, ...body.flat(), 0x0c, 0, 0x0b, 0x0b];
}

export function when(condition: Code, then: Code, otherwise: Code = []): Code {
	return [...condition, 0x04, 0x40, ...then, 0x05, ...otherwise, 0x0b];
}

export function giveBack(value: Code): Code {
	return [...value, 0x0f];
}

const [int32, vector] = [0x7f, 0x7b] as const;

type Shape = { readonly params: number; readonly numbers: number; readonly vectors: number };

/** A function over a memory of its own: so many parameters, then locals that are numbers, then such of 16 bytes. */
export function assemble(shape: Shape, pages: number, ...body: readonly Code[]) {
	const memory = new WebAssembly.Memory({ initial: pages });
	const module = new WebAssembly.Module(moduleOf(shape, body.flat()));
	const { run } = new WebAssembly.Instance(module, { own: { memory } }).exports;
	return { run, memory: new Uint8Array(memory.buffer) };
}

function moduleOf({ params, numbers, vectors }: Shape, body: Code): Uint8Array {
	const code = [2, numbers, int32, vectors, vector, ...body, 0x0b];
	return Uint8Array.from([
		...text('\0asm'),
		...[1, 0, 0, 0],
		...section(1, [0x60, ...list(Array<number>(params).fill(int32)), ...list([int32])]),
		...section(2, [...list(text('own')), ...list(text('memory')), 2, 0, 1]),
		...section(3, [0]),
		...section(7, [...list(text('run')), 0, 0]),
		...section(10, list(code)),
	]);
}

/** A section with one thing in it. */
function section(id: number, content: Code): Code {
	return [id, ...list([1, ...content])];
}

function list(items: Code): Code {
	return [...unsigned(items.length), ...items];
}

function text(name: string): Code {
	return [...Buffer.from(name)];
}

/** LEB128: seven bits a byte, lowest first. */
function unsigned(value: number): Code {
	return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
	if (value >= -0x40 && value < 0x40) return [value & 0x7f];
	return [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
