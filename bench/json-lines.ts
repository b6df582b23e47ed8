import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openReading } from '../connectors/wire/file-reading.ts';
import { LineCutter } from '../connectors/wire/ndjson.ts';
import { json } from '../src/formats/registry.ts';
import { aStore, oncePerTurn } from './a-store.ts';
import { atLeast, type Figure, type Measured, paired, perSecond } from './harness.ts';
import { standingShell } from './shell.ts';
import { temporary } from './temporary.ts';

const events = 1_000_000;

/** Lines kept and indexed by severity, time and host, against parsing each one. */
export const jsonLines: Figure = {
	name: 'json-lines',
	says: 'JSON lines kept and indexed, against readline + JSON.parse and against jq -c select',
	goal: '≥ 2× and ≥ 8×',
	async measure() {
		const path = `${temporary()}/lines.json`;
		writeFileSync(path, Array.from({ length: events }, (_, at) => jsonLine(at)).join(''));
		const keep = () => keepLines(path);
		const rows = [await against('readline + JSON.parse', 2, keep, () => parseLines(path))];
		const shell = standingShell();
		const jq = () => shell.run('jq', '-c', 'select(.severity == "none")', path);
		const row = (await shell.has('jq')) ? await against('jq -c select', 8, keep, jq) : noJq;
		shell.end();
		return [...rows, row];
	},
};

const noJq = {
	what: 'jq is not installed',
	ours: '–',
	other: '–',
	ratio: '–',
	verdict: { goal: '≥ 8×' },
};

async function against(
	what: string,
	goal: number,
	ours: () => Promise<unknown>,
	other: () => unknown,
	rounds = 5,
): Promise<Measured> {
	const [mine, theirs, ratio] = await paired(ours, other, rounds);
	return {
		what,
		ours: perSecond(events, mine),
		other: perSecond(events, theirs),
		ratio: `${(1 / ratio).toFixed(2)}×`,
		verdict: atLeast(goal, 1 / ratio),
	};
}

/** A log line of about 400 bytes. */
export function jsonLine(at: number): string {
	const line = {
		time: new Date(1_795_253_406_000 + at).toISOString(),
		severity: at % 50 === 0 ? 'error' : 'info',
		host: `web-${at % 40}`,
		request: { id: at, path: `/orders/${at % 977}`, status: at % 50 === 0 ? 502 : 200 },
		message: `order ${at} took ${at % 311} ms `.padEnd(230, '.'),
	};
	return `${JSON.stringify(line)}\n`;
}

const store = aStore(json, 200_000, 1 << 30, oncePerTurn());
const noStop = new AbortController().signal;

/** What a source of the kind `lines` does with a file. */
async function keepLines(path: string): Promise<void> {
	const cutter = new LineCutter(store.sink);
	const reading = await openReading(path);
	await reading.toEnd(cutter, noStop);
	await reading.close();
	cutter.end('the file ends within this line');
	store.index();
}

async function parseLines(path: string): Promise<number> {
	let errors = 0;
	for await (const line of createInterface({ input: createReadStream(path) })) {
		if (JSON.parse(line).severity === 'error') errors++;
	}
	return errors;
}
