import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { printJson } from '../codec/json.ts';
import { loadConfig } from '../config/load.ts';
import { systemClock } from '../core/clock.ts';
import { Failure, failures, reasonOf } from '../core/errors.ts';
import type { FileProblem } from '../core/file-problem.ts';
import type { Explanation, RuleInfo, Wish } from '../core/rule.ts';
import { safeText } from '../core/safe-text.ts';
import type { Book } from '../rules/rule-book.ts';
import type { SampleEvents } from '../rules/samples.ts';
import { backtested } from './backtest.ts';
import { configFiles } from './disk.ts';
import type { GlobalOptions, Io } from './io.ts';
import { tellProblem } from './problems.ts';
import { type RulesInForce, rulesInForce } from './rules-in-force.ts';
import { eventsIn } from './sample-events.ts';

export type RulesOptions = {
	readonly output?: string;
	/** An event's file, `-` for stdin. */
	readonly file?: string;
	readonly since?: string;
	readonly replay?: string;
};

const apiVersion = 'eventctl/v1';

/** What rules there are, and what they say of an event or of the past. */
export async function run(
	[what = 'list', ...words]: readonly string[],
	options: GlobalOptions & RulesOptions,
	io: Io,
): Promise<number> {
	const print = printerFor(options.output, io);
	const loaded = await loadConfig(io.env, configFiles, options);
	const rules = await rulesInForce(loaded, io.env, systemClock.now());
	switch (what) {
		case 'list':
			return list(rules, print, io);
		case 'test':
			return test(ruleOf(rules, words[0]), await events(options.file, io), print);
		case 'explain':
			return explain(rules, await events(words[0] ?? options.file, io), print);
		case 'backtest':
			return backtest(ruleOf(rules, words[0]), options, io, print);
		default:
			throw new Failure('usage', `rules ${what}: there are list, test, explain and backtest`);
	}
}

/** Prints a result: its lines, or the object where JSON was asked for. */
type Print = (object: Readonly<Record<string, unknown>>, lines: readonly string[]) => void;

function printerFor(output: string | undefined, io: Io): Print {
	if (output === 'json')
		return (object) => io.stdout.write(`${printJson({ apiVersion, ...object })}\n`);
	if (output === undefined || output === 'text') {
		return (_object, lines) => {
			for (const line of lines) io.stdout.write(`${safeText(line, 'file')}\n`);
		};
	}
	throw new Failure('usage', `-o ${output}: rules are told as text or json`);
}

type Named = { readonly book: Book; readonly id: string };

function ruleOf({ book, problems }: RulesInForce, id: string | undefined): Named {
	if (id === undefined) throw new Failure('usage', 'rules: names no rule');
	if (book.rules.some((rule) => rule.id === id)) return { book, id };
	const broken = book.info().find((info) => info.id === id);
	if (broken?.reason) throw new Failure('config', broken.reason);
	const names = book.rules.map((rule) => rule.id).join(', ') || 'none';
	const hint = problems.length > 0 ? '; eventctl check tells what is wrong with others' : '';
	throw new Failure('usage', `there is no rule ${id}: there are ${names}${hint}`);
}

async function events(file: string | undefined, io: Io): Promise<SampleEvents> {
	if (file === undefined)
		throw new Failure('usage', 'rules: names no event: -f FILE, or - for stdin');
	if (file === '-') return eventsIn(await textOf(io.stdin), 'stdin');
	try {
		return eventsIn(await readFile(file, 'utf8'), file);
	} catch (cause) {
		if (cause instanceof Failure) throw cause;
		throw new Failure('usage', `${file}: ${reasonOf(cause)}`, { cause });
	}
}

function list({ book, problems }: RulesInForce, print: Print, io: Io): number {
	const infos = book.info();
	const none = ['no rules: `rules:` in the configuration names files, or shipped:NAME'];
	print({ rules: infos }, infos.length === 0 ? none : infos.flatMap(infoLines));
	for (const problem of problems) tellProblem(problem, io);
	return problems.some(isError) ? failures.config.exit : 0;
}

function isError({ isWarning }: FileProblem): boolean {
	return isWarning !== true;
}

function infoLines({
	id,
	version,
	state,
	origin,
	says,
	suggests,
	reason,
}: RuleInfo): readonly string[] {
	const head = `${id}${version ? ` v${version}` : ''}  ${state}  ${origin}`;
	if (state === 'broken') return [head];
	return [
		head,
		`  when  ${says}`,
		`  wants ${suggests.join(', ')}`,
		...(reason ? [`  ${reason}`] : []),
	];
}

function test({ book, id }: Named, samples: SampleEvents, print: Print): number {
	const alone = book.alone(id);
	const found = samples.map(({ event, at }, index) => {
		const { wishes = [], troubles = [] } = alone?.consider(index + 1, event, at) ?? {};
		return { wishes, troubles: troubles.map(({ says }) => says) };
	});
	const last = samples.at(-1);
	const why = last
		? (alone?.explain(samples.length, last.event, last.at)[0] ?? undefined)
		: undefined;
	const wishes = found.flatMap((one) => one.wishes);
	const troubles = found.flatMap((one) => one.troubles);
	const hasFired = wishes.length > 0;
	print({ rule: id, fired: hasFired, wishes, troubles, ...(why && { explanation: why }) }, [
		`${id} ${hasFired ? 'fires' : 'does not fire'}`,
		...(why ? explanationLines(why).slice(1) : []),
		...wishes.map(wishLine),
		...troubles.map((says) => `  ! ${says}`),
	]);
	return hasFired && troubles.length === 0 ? 0 : failures.failed.exit;
}

function wishLine({ use, action, params }: Wish): string {
	return `  ${use} ${action} ${printJson(params)}`;
}

function explain({ book }: RulesInForce, samples: SampleEvents, print: Print): number {
	const explained = samples.map(({ event, at }, index) => {
		book.consider(index + 1, event, at);
		return {
			event: { tag: event.tag, summary: event.facts.summary },
			rules: book.explain(index + 1, event, at),
		};
	});
	print(
		{ explained },
		explained.flatMap(({ event, rules }) => [
			`${event.tag} ${event.summary}`,
			...rules.flatMap((rule) => explanationLines(rule).map((line) => `  ${line}`)),
		]),
	);
	return 0;
}

function explanationLines({ rule, verdict, because, criteria }: Explanation): readonly string[] {
	return [
		`${rule}: ${verdict}: ${because}`,
		...criteria.map(
			({ says, isMet, why }) => `  ${isMet ? '✓' : '✗'} ${says}${why && !isMet ? `: ${why}` : ''}`,
		),
	];
}

async function backtest(
	{ book, id }: Named,
	options: GlobalOptions & RulesOptions,
	io: Io,
	print: Print,
): Promise<number> {
	const result = await backtested(book, id, options, io);
	print({ rule: id, ...result }, [
		`${id}: ${result.says}`,
		...result.would.map(({ seq, says }) => `  event ${seq}: ${says}`),
		...result.troubles.map((says) => `  ! ${says}`),
	]);
	return 0;
}
