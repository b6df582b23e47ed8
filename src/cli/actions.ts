import { loadConfig } from '../config/load.ts';
import { systemClock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';
import type { Entry } from '../engine/catalog.ts';
import { catalogFor } from './catalog.ts';
import { configFiles } from './disk.ts';
import type { GlobalOptions, Io } from './io.ts';
import { rulesInForce } from './rules-in-force.ts';

type Options = GlobalOptions & { readonly output?: string };

/** `actions list`, `actions show KIND`. */
export async function run(
	[what = 'list', name]: readonly string[],
	options: Options,
	io: Io,
): Promise<number> {
	const loaded = await loadConfig(io.env, configFiles, options);
	const { playbooks } = await rulesInForce(loaded, io.env, systemClock.now());
	const catalog = catalogFor(loaded, playbooks);
	if (what === 'list') return list(catalog.entries, options, io);
	if (what !== 'show' || name === undefined) {
		throw new Failure('usage', `actions ${what}: there are list, and show with a name`);
	}
	return show(catalog.find(name), options, io);
}

function list(entries: readonly Entry[], { output }: Options, io: Io): number {
	const sorted = [...entries].sort((one, other) => (one.name < other.name ? -1 : 1));
	if (output === 'json') {
		io.stdout.write(
			`${JSON.stringify({ apiVersion: 'eventctl/v1', actions: sorted.map(dataOf) })}\n`,
		);
		return 0;
	}
	const width = Math.max(0, ...sorted.map(({ name }) => name.length));
	for (const { name, tier, action } of sorted) {
		io.stdout.write(`${safeText(`${name.padEnd(width)}  T${tier}  ${action.title}`)}\n`);
	}
	return 0;
}

function show(entry: Entry, { output }: Options, io: Io): number {
	if (output === 'json') {
		io.stdout.write(`${JSON.stringify({ apiVersion: 'eventctl/v1', action: dataOf(entry) })}\n`);
		return 0;
	}
	const { name, action, tier } = entry;
	const lines = [
		`${name}  T${tier}  ${action.title}`,
		...(entry.isBound ? [`is        ${action.kind} ${JSON.stringify(entry.params)}`] : []),
		`undone by ${action.inverse ?? 'nothing'}`,
		'for example',
		...action.example
			.trimEnd()
			.split('\n')
			.map((line) => `  ${line}`),
	];
	for (const line of lines) io.stdout.write(`${safeText(line)}\n`);
	return 0;
}

function dataOf({ name, action, tier, params, isBound }: Entry) {
	const { kind, title, version, inverse, example } = action;
	return { name, kind, title, tier, version, inverse, example, ...(isBound ? { params } : {}) };
}
