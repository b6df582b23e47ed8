/** Longer numbers are no measurements, and turning their digits into values is what a bomb would want. */
const longestNumber = 400;

/** A JSON number as what holds it exactly: itself, a bigint, or its own digits as text. */
export function exactNumber(value: number, source: string): unknown {
	if (String(value) === source) return value;
	if (source.length > longestNumber) return source;
	if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value) ? value : BigInt(source);
	return decimal(source) === decimal(String(value)) ? value : source;
}

/** A decimal number in the one form that equal numbers share: its digits, and the power of ten behind them. */
function decimal(text: string): string {
	const parts = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text);
	if (parts === null) return text;
	const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
	const digits = `${whole}${fraction}`.replace(/^0+/, '');
	const significant = digits.replace(/0+$/, '');
	if (significant === '') return '0';
	return `${sign}${significant}e${Number(power) - fraction.length + digits.length - significant.length}`;
}
