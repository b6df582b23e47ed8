import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseJson, printJson } from '../codec/json.ts';
import { parseYaml } from '../codec/yaml.ts';
import type { ReadySource } from '../config/sources.ts';
import type { Outgoing } from '../core/connector.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';
import type { GlobalOptions, Io } from './io.ts';
import { plan } from './plan.ts';
import { wantedBy } from './wanted.ts';

export type FireVerbOptions = {
	readonly file?: string;
	readonly bus?: string;
	readonly output?: string;
};

/** Fires events and says what confirms them; a Failure `not-confirmed` where nothing does and something should. */
export async function run(
	words: readonly string[],
	options: GlobalOptions & FireVerbOptions,
	io: Io,
): Promise<number> {
	const events = await eventsOf(words, options, io);
	const { loaded, sources } = await plan(wantedBy(options, io));
	if (options.readOnly || loaded.config.readOnly) {
		throw new Failure('denied', 'fire: read-only: nothing is written to any bus');
	}
	const { source, forward } = busOf(options.bus, sources);
	const { name, connector, settings } = source;
	const receipt = await connector.fire?.(settings, events, { forward }, io.stop);
	if (!receipt) throw new Failure('usage', cannotBeWritten(name));
	if (options.output === 'json') {
		io.stdout.write(
			`${printJson({ apiVersion: 'eventctl/v1', fired: { source: name, events: events.length, ...receipt } })}\n`,
		);
	} else if (!options.quiet) io.stderr.write(`${safeText(name)}: ${safeText(receipt.says)}\n`);
	return 0;
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
	return [{ tag, data: parseYaml(given) ?? {} }];
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
		data[pair.slice(0, at)] = parseYaml(pair.slice(at + 1));
	}
	return data;
}

/** JSON lines `{tag, data}`; all of them are read before the first is fired. */
function linesOf(given: string, file: string): readonly Outgoing[] {
	const events: Outgoing[] = [];
	for (const [index, line] of given.split('\n').entries()) {
		if (line.trim() === '') continue;
		const where = `-f ${file}, line ${index + 1}`;
		const value = jsonOf(line, where);
		if (!hasTag(value))
			throw new Failure('usage', `${where}: needs a text tag: {"tag": …, "data": …}`);
		events.push({ tag: value.tag, data: value.data ?? {} });
	}
	if (events.length === 0) throw new Failure('usage', `-f ${file}: holds no event`);
	return events;
}

function jsonOf(line: string, where: string): unknown {
	try {
		return parseJson(line);
	} catch (cause) {
		throw new Failure('usage', `${where}: ${reasonOf(cause)}`, { cause });
	}
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
