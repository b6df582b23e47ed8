import { salt } from '../src/formats/registry.ts';
import { aStore } from './a-store.ts';
import { atMost, type Figure } from './harness.ts';
import { jobReturn } from './salt-traffic.ts';

const events = 1_000_000;
/** A job id: the day, then a count of twelve digits. */
const day = '20261121';
const countDigits = 12;

/** What a million events cost beyond their own bytes. */
export const memory: Figure = {
	name: 'memory',
	says: 'growth with a million events of 400 bytes and distinct tags, against their raw bytes',
	goal: '≤ 1.35×',
	async measure() {
		const { sink, index } = aStore(salt);
		const { tag, body } = numberedReturn();
		globalThis.gc?.();
		const before = process.memoryUsage().rss;
		for (let at = 0; at < events; at++) {
			renumber(tag, at);
			renumber(body, at);
			sink.event(tag, body);
			if (at % 10_000 === 0) index();
		}
		const raw = events * (tag.length + body.length);
		index();
		globalThis.gc?.();
		const growth = process.memoryUsage().rss - before;
		return [
			{
				what: `${events.toLocaleString('en')} job returns`,
				ours: megabytes(growth),
				other: megabytes(raw),
				ratio: `${(growth / raw).toFixed(2)}×`,
				verdict: atMost(1.35, growth / raw),
			},
		];
	},
};

/** One job return; its job id is written anew for each event, so that making events leaves no garbage. */
function numberedReturn(): { readonly tag: Buffer; readonly body: Buffer } {
	const { tag, body } = jobReturn(0);
	return { tag: Buffer.from(tag), body: Buffer.from(body) };
}

function renumber(bytes: Buffer, at: number): void {
	let digit = bytes.indexOf(day) + day.length + countDigits;
	for (let rest = at; rest > 0; rest = Math.floor(rest / 10)) bytes[--digit] = 48 + (rest % 10);
}

function megabytes(bytes: number): string {
	return `${Math.round(bytes / 1e6)} MB`;
}
