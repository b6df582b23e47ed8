import { once } from 'node:events';
import { printJson } from '../codec/json.ts';
import { loadConfig } from '../config/load.ts';
import { systemClock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import { Redactor } from '../core/redact.ts';
import { safeText } from '../core/safe-text.ts';
import type { Store, Verdict } from '../core/store.ts';
import { compileFilter } from '../filter/compile.ts';
import { holds } from '../filter/holds.ts';
import { lookIntoStore } from '../store/open.ts';
import { type AuditEntry, asEvent, entriesOf } from './audit-entry.ts';
import { type AuditOutput, apiVersion, auditForms, auditOutputOf } from './audit-lines.ts';
import { configFiles } from './disk.ts';
import { type Bounds, filterOf, limitOf } from './filter-words.ts';
import type { GlobalOptions, Io } from './io.ts';

type AuditOptions = GlobalOptions & Bounds & { readonly output?: string; readonly number?: string };

/** `audit [FILTER]` lists, `audit export` writes everything out, `audit verify` says whether it is whole. */
export async function run(
	words: readonly string[],
	options: AuditOptions,
	io: Io,
): Promise<number> {
	const [verb, ...rest] = words;
	const { config } = await loadConfig(io.env, configFiles, options);
	const tools = { clock: systemClock, redact: new Redactor() };
	const store = await lookIntoStore(config.store, io.env, tools);
	try {
		if (verb === 'verify') return await verify(store, options, io);
		if (verb === 'export') return await exported(store, rest, options, io);
		return await list(store, words, options, io);
	} finally {
		await store.close();
	}
}

async function list(
	store: Store,
	words: readonly string[],
	options: AuditOptions,
	io: Io,
): Promise<number> {
	const output = auditOutputOf(options.output ?? 'text');
	const limit = limitOf(options.number);
	const found: AuditEntry[] = [];
	for await (const entry of matching(store, words, options)) {
		found.push(entry);
		if (found.length > limit) found.shift();
	}
	await put(io, output, found);
	if (found.length === 0 && !options.quiet) io.stderr.write('nothing is recorded that fits\n');
	return 0;
}

/** Everything or what fits a filter; what was written out whole may be pruned from then on. */
async function exported(
	store: Store,
	words: readonly string[],
	options: AuditOptions,
	io: Io,
): Promise<number> {
	const output = auditOutputOf(options.output ?? 'jsonl');
	const { head, line, foot } = auditForms[output];
	let last = 0;
	let isFirst = true;
	await write(io, head);
	for await (const entry of matching(store, words, options)) {
		await write(io, line(entry, isFirst));
		isFirst = false;
		last = entry.kept.seq;
	}
	await write(io, foot);
	if (words.length === 0 && !options.since && !options.until) store.exported.mark(last);
	return 0;
}

const exits = { whole: 0, broken: 1, unanchored: 8 } as const satisfies Record<
	Verdict['kind'],
	number
>;

async function verify(store: Store, options: AuditOptions, io: Io): Promise<number> {
	const verdict = await store.verify();
	const output = options.output ?? 'text';
	if (output !== 'text' && output !== 'json') {
		throw new Failure('usage', `-o ${output}: audit verify speaks text or json`);
	}
	const text = output === 'json' ? printJson({ apiVersion, verdict }) : verdictWords(verdict);
	io.stdout.write(`${text}\n`);
	return exits[verdict.kind];
}

/** `whole: 20817 records, the last is 44ac…`, `broken at record 17: …`. */
export function verdictWords(verdict: Verdict): string {
	switch (verdict.kind) {
		case 'whole':
			return `whole: ${verdict.records} records, the last is ${verdict.head}`;
		case 'broken':
			return `broken at record ${verdict.seq}: ${safeText(verdict.why, 'file')}`;
		default:
			return `whole, but not vouched for: ${verdict.records} records; ${safeText(verdict.why, 'file')}`;
	}
}

async function* matching(
	store: Store,
	words: readonly string[],
	options: AuditOptions,
): AsyncGenerator<AuditEntry> {
	const filter = compileFilter(filterOf(words, options), systemClock.now());
	for await (const entry of entriesOf(store.list({}))) {
		if (holds(filter.criterion, asEvent(entry))) yield entry;
	}
}

async function put(io: Io, output: AuditOutput, entries: readonly AuditEntry[]): Promise<void> {
	const { head, line, foot } = auditForms[output];
	await write(io, head);
	for (const [index, entry] of entries.entries()) await write(io, line(entry, index === 0));
	await write(io, foot);
}

async function write({ stdout }: Io, text: string): Promise<void> {
	if (text !== '' && !stdout.write(text)) await once(stdout, 'drain');
}
