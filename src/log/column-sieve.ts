import { type Sieve, sieveBy } from './plan.ts';
import type { Slab } from './slab.ts';
import { Verdicts } from './verdicts.ts';

/** Tests each number that a column of bytes holds once. */
export function columnSieve(
	column: (slab: Slab) => Uint8Array,
	test: (value: number) => boolean,
): Sieve {
	const known = new Uint8Array(256);
	return (slab, from, to, rows) => rows.keepValues(from, to, column(slab), known, test);
}

/** Tests each tag once; with `transportOnly`, a tag that a format made fails. */
export function tagSieve(transportOnly: boolean, test: (tag: string) => boolean): Sieve {
	const verdicts = new Verdicts(({ tags }, id) => test(tags.get(id).toString()));
	return (slab, from, to, rows) => {
		if (transportOnly) rows.keep(from, to, (row) => slab.isTransportTag(row));
		verdicts.keep(slab, from, to, rows, slab.tagIds, slab.tags.count);
	};
}

/** Tests each host that `peek` found once, and lets rows pass where it found none. */
export function hostSieve(test: (host: string) => boolean): Sieve {
	const verdicts = new Verdicts(({ hosts }, id) => id === 0 || test(hosts.get(id).toString()));
	return (slab, from, to, rows) =>
		verdicts.keep(slab, from, to, rows, slab.hostIds, slab.hosts.count);
}

/** From and until in nanoseconds since the epoch, both inclusive. */
export function timeSieve(from: bigint | undefined, until: bigint | undefined): Sieve {
	const [fromSeconds, fromNanos] = parts(from ?? 0n);
	const [untilSeconds, untilNanos] = parts(until ?? 0xffff_ffffn * 1_000_000_000n);
	return sieveBy((slab, row) => {
		const seconds = slab.seconds[row] ?? 0;
		const nanos = slab.nanos[row] ?? 0;
		if (seconds < fromSeconds || (seconds === fromSeconds && nanos < fromNanos)) return false;
		return seconds < untilSeconds || (seconds === untilSeconds && nanos <= untilNanos);
	});
}

function parts(nanoseconds: bigint): [seconds: number, nanos: number] {
	return [Number(nanoseconds / 1_000_000_000n), Number(nanoseconds % 1_000_000_000n)];
}
