/** A value that fields compare with, as text: what lists and maps are not. Undefined for those. */
export function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	if (value === null) return 'null';
	if (value instanceof Uint8Array) return new TextDecoder().decode(value);
	return typeof value === 'object' || value === undefined ? undefined : String(value);
}

const wholePattern = /^[+-]?\d{1,400}$/u;
const decimalPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;

/** The number a value is or spells, whole ones exact; undefined where it is none. */
function numberOf(value: unknown): number | bigint | undefined {
	if (typeof value === 'number' || typeof value === 'bigint') return value;
	if (typeof value !== 'string' || !decimalPattern.test(value)) return undefined;
	const number = Number(value);
	return Number.isSafeInteger(number) || !wholePattern.test(value)
		? number
		: BigInt(value.replace('+', ''));
}

/** Whether a value equals a filter's text: as numbers where both are (5 is "5.0", 64-bit ones exactly), else as text. */
export function equalTo(text: string): (value: unknown) => boolean {
	const right = numberOf(text);
	return (value) => {
		if (typeof value === 'number' && typeof right === 'number') return value === right;
		if (textOf(value) === text) return true;
		const left = numberOf(value);
		// biome-ignore lint/suspicious/noDoubleEquals: only == compares a bigint with a number, by what they are worth
		return left !== undefined && right !== undefined && left == right;
	};
}

export type Order = '<' | '<=' | '>' | '>=';

/** Whether a value stands so to a filter's text: as numbers where the text is one, else as text. */
export function ordered(order: Order, text: string): (value: unknown) => boolean {
	const right = numberOf(text);
	if (right === undefined) {
		return (value) => typeof value === 'string' && isOrdered(value, order, text);
	}
	return (value) => {
		const left = numberOf(value);
		return left !== undefined && isOrdered(left, order, right);
	};
}

function isOrdered<T extends string | number | bigint>(left: T, order: Order, right: T): boolean {
	if (order === '<') return left < right;
	if (order === '<=') return left <= right;
	return order === '>' ? left > right : left >= right;
}
