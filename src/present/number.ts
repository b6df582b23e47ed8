/** A count with its thousands apart: `18 204`. */
export function grouped(count: number | bigint): string {
	return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** Events a second: `0.4/s`, `42/s`, `1 200/s`. */
export function perSecond(rate: number): string {
	const digits = rate > 0 && rate < 9.95 && !Number.isInteger(rate) ? 1 : 0;
	const [whole = '', part] = rate.toFixed(digits).split('.');
	return `${grouped(Number(whole))}${part === undefined ? '' : `.${part}`}/s`;
}

/** A size of bytes: `412 B`, `18.2 KiB`, `3.1 MiB`. */
export function size(bytes: number): string {
	if (bytes < 1024) return `${bytes} B`;
	if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
	return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

/** A noun with its count: `1 event`, `2 events`. */
export function counted(count: number, noun: string): string {
	return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}
