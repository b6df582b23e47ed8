import type { Exported, Leases } from '../core/store.ts';

/** Signs of life, in this process only. */
export function memoryLeases(): Leases {
	const leases = new Map<string, { readonly epoch: number; readonly until: number }>();
	return {
		renew: (id, epoch, until) => void leases.set(id, { epoch, until }),
		until(id, epoch) {
			const lease = leases.get(id);
			return lease?.epoch === epoch ? lease.until : undefined;
		},
	};
}

/** How far exports went, in this process only. */
export function memoryExported(): Exported {
	let through = 0;
	return {
		mark(seq) {
			through = Math.max(through, seq);
		},
		through: () => through,
	};
}
