import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import type { Format } from '../src/core/format.ts';
import { Decoder } from '../src/engine/decoder.ts';
import { compileFilter } from '../src/filter/compile.ts';
import { json } from '../src/formats/registry.ts';
import type { EventLog } from '../src/log/event-log.ts';
import { Matcher } from '../src/log/matcher.ts';
import { View } from '../src/log/view.ts';
import { aStore } from './a-store.ts';
import { atMost, type Figure, type Measured, median, ms, notHere, paired } from './harness.ts';
import { jsonLine } from './json-lines.ts';
import { temporary } from './temporary.ts';

const events = 1_000_000;
const field = 'data.request.status:502';

/** A filter over a million rows, until its count is complete; the other tools read the same lines from a file. */
export const search: Figure = {
	name: 'search',
	says: 'a filter over a million events until the count is complete, against rg and jq where they are installed',
	goal: '≤ 0.7× rg -cF for words, ≤ 1/50 jq for fields; first window ≤ 100 ms',
	async measure() {
		const { log, path } = fill();
		const cases = [
			['a word', 'order', 0.7, ['rg', '-cF', 'order', path]],
			['a rare word', '"order 77777 "', 0.7, ['rg', '-cF', 'order 77777 ', path]],
			['a regex', '/order 777[0-9]+ /', 2, ['rg', '-c', 'order 777[0-9]+ ', path]],
			['a field', field, 0.02, ['jq', '-c', 'select(.request.status==502)|1', path]],
			['a tag glob', 'tag:a/*/7', 0.1, ['rg', '-c', '"host":"web-7"', path]],
		] as const;
		const rows: Measured[] = [];
		let slowest = 0;
		for (const [what, filter, goal, [tool, ...words]] of cases) {
			const firsts: number[] = [];
			const ours = () => firsts.push(count(log, filter));
			const isThere = spawnSync(tool, ['--version']).error === undefined;
			const other = () => isThere && spawnSync(tool, words, { maxBuffer: 1 << 28 });
			const [mine, theirs, ratio] = await paired(ours, other, tool === 'jq' ? 1 : 3);
			rows.push({
				what: `${what}: ${filter} (first window ${ms(median(firsts))})`,
				ours: ms(mine),
				other: isThere ? `${tool} ${ms(theirs)}` : `${tool} is not installed`,
				ratio: isThere ? `${ratio.toFixed(3)}×` : '–',
				verdict: isThere ? atMost(goal, ratio) : notHere(goal),
			});
			slowest = Math.max(slowest, median(firsts));
		}
		return [...rows, firstWindow(slowest)];
	},
};

function firstWindow(slowest: number): Measured {
	const verdict = { goal: '≤ 100 ms', isMet: slowest <= 100 };
	return { what: 'the slowest first window', ours: ms(slowest), other: '–', ratio: '–', verdict };
}

function fill(): { readonly log: EventLog; readonly path: string } {
	const { log, sink } = aStore(json as Format);
	const path = `${temporary()}/million.json`;
	let text = '';
	for (let at = 0; at < events; at++) {
		const line = jsonLine(at);
		text += line;
		sink.event(Buffer.from(`a/b/${at % 40}`), Buffer.from(line.slice(0, -1)));
		if (at % 10_000 !== 9_999) continue;
		appendFileSync(path, text);
		text = '';
	}
	return { log, path };
}

/** Runs a filter to its end; returns how long the first fifty rows, or all there are, took. */
function count(log: EventLog, text: string): number {
	const { criterion, forGaps } = compileFilter(text, Date.now());
	const decoder = new Decoder(log, [json]);
	const from = performance.now();
	const view = new View(log, new Matcher(log, criterion, forGaps, decoder.decode));
	let first: number | undefined;
	const isOver = () => {
		if (view.matched >= 50) first ??= performance.now() - from;
		return false;
	};
	view.advance(isOver);
	return first ?? performance.now() - from;
}
