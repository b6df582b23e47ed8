import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseJson, printJson } from '../codec/json.ts';
import { parseYaml } from '../codec/yaml.ts';
import type { ReadySource } from '../config/sources.ts';
import type { Outgoing } from '../core/connector.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';
import { asObject } from '../template/as-json.ts';
import { type ConsentOptions, mustConsent } from './consent.ts';
import type { GlobalOptions, Io } from './io.ts';
import { plan } from './plan.ts';
import type { RunWanted } from './run.ts';
import { wantedBy } from './wanted.ts';
import { type Woken, wokenBy } from './woken.ts';

export type FireVerbOptions = ConsentOptions & {
	readonly file?: string;
	readonly bus?: string;
	readonly output?: string;
	readonly dryRun?: boolean;
};

/**
 * Fires events and says what confirms them; a Failure `not-confirmed` where nothing does and something should. What is
 * known to wake a T2 takes a yes, and more than that a plan like any deed of that tier.
 */
export async function run(
	words: readonly string[],
	options: GlobalOptions & FireVerbOptions,
	io: Io,
): Promise<number> {
	const events = await eventsOf(words, options, io);
	const planned = await plan(wantedBy(options, io));
	const { loaded, sources } = planned;
	if (options.readOnly || loaded.config.readOnly) {
		throw new Failure('denied', 'fire: read-only: nothing is written to any bus');
	}
	const { source, forward } = busOf(options.bus, sources);
	const { name, connector, settings } = source;
	const woken = await wokenBy(events, name, planned, io.env);
	if (options.dryRun) return tellWoken(woken, options, io);
	mustConsent(woken.tier, wordsOf(events), events[0]?.tag ?? '', options);
	if (woken.tier > 2) {
		const { runDeed } = await import('./run.ts');
		return runDeed(deedOf(events, name, forward), options, io);
	}
	const receipt = await connector.fire?.(settings, events, { forward }, io.stop);
	if (!receipt) throw new Failure('usage', cannotBeWritten(name));
	if (options.output === 'json') {
		io.stdout.write(
			`${printJson({ apiVersion: 'eventctl/v1', fired: { source: name, events: events.length, ...receipt } })}\n`,
		);
	} else if (!options.quiet) io.stderr.write(`${safeText(name)}: ${safeText(receipt.says)}\n`);
	return 0;
}

function tellWoken({ wakes, tier, unknown }: Woken, { output }: FireVerbOptions, io: Io): number {
	if (output === 'json') {
		const waking = { wakes, tier, ...(unknown === undefined ? {} : { unknown }) };
		io.stdout.write(`${printJson({ apiVersion: 'eventctl/v1', waking })}\n`);
	} else {
		const known = wakes.map((wake) => `would wake ${wake.says} (T${wake.tier})`);
		const lines = known.length > 0 ? known : ['would wake nothing that is known here'];
		for (const line of [...lines, ...(unknown === undefined ? [] : [unknown])]) {
			io.stdout.write(`${safeText(line)}\n`);
		}
	}
	return 0;
}

function wordsOf(events: readonly Outgoing[]): string {
	return events.length === 1 ? `firing ${events[0]?.tag}` : `firing ${events.length} events`;
}

/** The plan of one event: several at once have no name to type. */
function deedOf(events: readonly Outgoing[], source: string, forward: boolean): RunWanted {
	const [event, another] = events;
	if (!event || another) {
		throw new Failure(
			'unconfirmed',
			'what wakes a T3 is fired one event at a time: eventctl fire TAG',
		);
	}
	const { tag, data } = event;
	const params = asObject({ data, source, ...(forward ? { forward } : {}) });
	return { action: 'salt.fire', target: tag, params };
}

async function eventsOf(
	words: readonly string[],
	{ file }: FireVerbOptions,
	io: Io,
): Promise<readonly Outgoing[]> {
	const [tag, ...pairs] = words;
	if (tag === undefined && file === undefined) {
		throw new Failure('usage', 'fire: names no event: eventctl fire TAG key=value, or -f FILE');
	}
	const given = file === undefined ? undefined : await textOf(file, io);
	if (tag === undefined) return linesOf(given ?? '', file ?? '');
	if (given === undefined) return [{ tag, data: dataOf(pairs) }];
	if (pairs.length > 0)
		throw new Failure('usage', 'fire: data comes from -f or from key=value, not both');
	return [{ tag, data: read(parseYaml, given, `-f ${file}`) ?? {} }];
}

function textOf(file: string, io: Io): Promise<string> {
	if (file === '-') return text(io.stdin);
	return readFile(file, 'utf8').catch((cause: unknown) => {
		throw new Failure('usage', `-f ${file}: ${reasonOf(cause)}`, { cause });
	});
}

/** `key=value` pairs; a value is a YAML 1.2 scalar. */
function dataOf(pairs: readonly string[]): Readonly<Record<string, unknown>> {
	const data: Record<string, unknown> = Object.create(null);
	for (const pair of pairs) {
		const at = pair.indexOf('=');
		if (at < 1) throw new Failure('usage', `fire: ${pair}: data is key=value`);
		data[pair.slice(0, at)] = read(parseYaml, pair.slice(at + 1), `fire: ${pair}`);
	}
	return data;
}

/** What a parser makes of a text that somebody named; where it cannot be read, that is a fault of the command line. */
function read(parse: (text: string) => unknown, text: string, where: string): unknown {
	try {
		return parse(text);
	} catch (cause) {
		throw new Failure('usage', `${where}: ${reasonOf(cause)}`, { cause });
	}
}

/** JSON lines `{tag, data}`; all of them are read before the first is fired. */
function linesOf(given: string, file: string): readonly Outgoing[] {
	const events: Outgoing[] = [];
	for (const [index, line] of given.split('\n').entries()) {
		if (line.trim() === '') continue;
		const where = `-f ${file}, line ${index + 1}`;
		const value = read(parseJson, line, where);
		if (!hasTag(value))
			throw new Failure('usage', `${where}: needs a text tag: {"tag": …, "data": …}`);
		events.push({ tag: value.tag, data: value.data ?? {} });
	}
	if (events.length === 0) throw new Failure('usage', `-f ${file}: holds no event`);
	return events;
}

function hasTag(value: unknown): value is { readonly tag: string; readonly data?: unknown } {
	return (
		typeof value === 'object' && value !== null && 'tag' in value && typeof value.tag === 'string'
	);
}

/** `--bus NAME[,forward]`; without it the only source that can be written to. */
function busOf(
	bus: string | undefined,
	sources: readonly ReadySource[],
): { readonly source: ReadySource; readonly forward: boolean } {
	const [name, mode] = bus?.split(',') ?? [];
	if (mode !== undefined && mode !== 'forward') {
		throw new Failure('usage', `--bus ${bus}: after the comma there is only forward`);
	}
	const writable = sources.filter(({ connector }) => connector.fire);
	const known = name ? writable.filter((source) => source.name === name) : writable;
	const [source, another] = known;
	if (source && !another) return { source, forward: mode === 'forward' };
	const names = writable.map((candidate) => candidate.name).join(', ') || 'none';
	if (name)
		throw new Failure('usage', `--bus ${name}: no source of that name can be written to: ${names}`);
	throw new Failure('usage', `fire: name one bus with --bus: ${names}`);
}

function cannotBeWritten(name: string): string {
	return `${name}: this source cannot be written to`;
}
