import { appendFileSync } from 'node:fs';
import { systemClock } from '../src/core/clock.ts';
import type { Connector, Sink } from '../src/core/connector.ts';
import type { Format } from '../src/core/format.ts';
import type { Window } from '../src/core/session.ts';
import { Engine } from '../src/engine/engine.ts';
import { compileFilter } from '../src/filter/compile.ts';
import { json } from '../src/formats/registry.ts';
import { Matcher } from '../src/log/matcher.ts';
import { View } from '../src/log/view.ts';
import { aView } from './a-view.ts';
import {
	atMost,
	type Figure,
	type Measured,
	median,
	ms,
	notHere,
	paired,
	timed,
} from './harness.ts';
import { jsonLine } from './json-lines.ts';
import { standingShell } from './shell.ts';
import { temporary } from './temporary.ts';

const events = 1_000_000;
const field = 'data.request.status:502';

/** A filter over a million rows, until its count is complete; the other tools read the same lines from a file. */
export const search: Figure = {
	name: 'search',
	says: 'a filter over a million events until the count is complete, against rg and jq where they are installed',
	goal: '≤ 0.7× rg -cF for words, ≤ 1/50 jq for fields; the first rows ≤ 100 ms',
	async measure() {
		const shell = standingShell();
		const { engine, path } = await fill();
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
			const isThere = await shell.has(tool);
			const other = () => isThere && shell.run(tool, ...words);
			const ours = () => count(engine, filter);
			const [mine, theirs, ratio] = await paired(ours, other, tool === 'jq' ? 1 : 3);
			const first = await firstRows(engine, filter);
			rows.push({
				what: `${what}: ${filter} (first rows ${ms(first)})`,
				ours: ms(mine),
				other: isThere ? `${tool} ${ms(theirs)}` : `${tool} is not installed`,
				ratio: isThere ? `${ratio.toFixed(3)}×` : '–',
				verdict: isThere ? atMost(goal, ratio) : notHere(goal),
			});
			slowest = Math.max(slowest, first);
		}
		shell.end();
		await engine.stop();
		return [...rows, slowestOf(slowest)];
	},
};

function slowestOf(slowest: number): Measured {
	const verdict = { goal: '≤ 100 ms', isMet: slowest <= 100 };
	return { what: 'the slowest first rows', ours: ms(slowest), other: '–', ratio: '–', verdict };
}

/** An engine that holds a million events, indexed, and a file of the same lines. */
async function fill(): Promise<{ readonly engine: Engine; readonly path: string }> {
	const path = `${temporary()}/million.json`;
	const connector: Connector = {
		kind: 'bench',
		title: 'a million lines',
		formats: [json.id],
		fromText: () => ({}),
		parse: (raw) => raw,
		open: async (_settings, sink) => write(sink, path),
	};
	const engine = new Engine({
		sources: [{ name: 'bench', connector, settings: {}, target: 'here' }],
		formats: [json as Format],
		limits: { events, bytes: 1 << 30 },
		clock: systemClock,
	});
	engine.start();
	await engine.ended;
	engine.log.index(() => false);
	return { engine, path };
}

function write(sink: Sink, path: string): void {
	let text = '';
	for (let at = 0; at < events; at++) {
		const line = jsonLine(at);
		text += line;
		sink.event(Buffer.from(`a/b/${at % 40}`), Buffer.from(line.slice(0, -1)));
		if (at % 10_000 !== 9_999) continue;
		appendFileSync(path, text);
		text = '';
	}
}

/** Runs a filter to its end. */
function count({ log, decoder }: Engine, text: string): void {
	const { criterion, forGaps } = compileFilter(text, Date.now());
	new View(log, new Matcher(log, criterion, forGaps, decoder.decode)).advance(() => false);
}

/** Milliseconds from a filter that a console sends until a window shows what it finds, or that it finds nothing. */
async function firstRows(engine: Engine, filter: string): Promise<number> {
	const times: number[] = [];
	for (let id = 0; id < 3; id++) {
		const { promise, resolve } = Promise.withResolvers<void>();
		const isTold = ({ rows, isComplete }: Window) => rows.length > 0 || isComplete;
		const session = engine.connect((message) => {
			if (message.type === 'window' && isTold(message)) resolve();
		});
		times.push(
			await timed(() => {
				session.receive(aView(filter, id));
				return promise;
			}),
		);
		session.close();
	}
	return median(times);
}
