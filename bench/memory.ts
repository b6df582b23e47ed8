import { salt } from '../src/formats/registry.ts';
import { aStore } from './a-store.ts';
import type { Figure } from './harness.ts';
import { jobReturn } from './salt-traffic.ts';

const events = 1_000_000;

/** What a million events cost beyond their own bytes. */
export const memory: Figure = {
	name: 'memory',
	says: 'growth with a million events of 400 bytes and distinct tags, against their raw bytes',
	goal: '≤ 1.35×',
	async measure() {
		const { sink } = aStore(salt);
		globalThis.gc?.();
		const before = process.memoryUsage().rss;
		let raw = 0;
		for (let at = 0; at < events; at++) {
			const { tag, body } = jobReturn(at);
			const bytes = Buffer.from(tag);
			raw += bytes.length + body.length;
			sink.event(bytes, body);
			if (at % 10_000 === 0) globalThis.gc?.();
		}
		globalThis.gc?.();
		const growth = process.memoryUsage().rss - before;
		return [
			{
				what: `${events.toLocaleString('en')} job returns`,
				ours: megabytes(growth),
				other: megabytes(raw),
				ratio: `${(growth / raw).toFixed(2)}×`,
			},
		];
	},
};

function megabytes(bytes: number): string {
	return `${Math.round(bytes / 1e6)} MB`;
}
