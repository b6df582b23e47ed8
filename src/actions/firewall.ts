import { createHash } from 'node:crypto';
import { Refusal } from '../core/action.ts';
import { Failure } from '../core/errors.ts';
import type { CommandResult, HostTool } from '../core/host-tool.ts';
import { lockdownTable } from './lockdown-rules.ts';

const nftMs = 10_000;
const rulesetBytes = 8 << 20;
/** A ruleset up to this size is kept word by word; of a larger one only its hash. */
const keptBytes = 256 * 1024;
const shownLines = 40;

/** A ruleset as it was. Counters are no part of it. */
export type Saved = { readonly sha256: string; readonly text?: string };

/** The whole ruleset without counters. */
export async function savedRuleset(host: HostTool, stop: AbortSignal): Promise<Saved> {
	const text = await listRuleset(host, stop);
	const sha256 = createHash('sha256').update(text).digest('hex');
	return Buffer.byteLength(text) > keptBytes ? { sha256 } : { sha256, text };
}

/** What is other than it was saved: lines with `-` are gone, with `+` are new; none where all is as it was. */
export async function rulesetChanges(
	saved: Saved,
	host: HostTool,
	stop: AbortSignal,
): Promise<readonly string[]> {
	const now = await savedRuleset(host, stop);
	if (now.sha256 === saved.sha256) return [];
	if (saved.text === undefined || now.text === undefined) return ['the two are too large to show'];
	const gone = linesWithout(saved.text, now.text).map((line) => `- ${line}`);
	const fresh = linesWithout(now.text, saved.text).map((line) => `+ ${line}`);
	const all = [...gone, ...fresh];
	if (all.length === 0) return ['its lines stand in another order'];
	const left = all.length - shownLines;
	return left > 0 ? [...all.slice(0, shownLines), `and ${left} more lines`] : all;
}

export async function isLockedDown(host: HostTool, stop: AbortSignal): Promise<boolean> {
	const tables = await nft(host, ['list', 'tables'], stop);
	return tables.split('\n').includes(`table ${lockdownTable.join(' ')}`);
}

/** `nft -c`: would the kernel take these rules? A Refusal with nft's words where it would not. */
export async function checkRules(rules: string, host: HostTool, stop: AbortSignal): Promise<void> {
	refuseUnlessGood(await run(host, ['-c', '-f', '-'], rules, stop));
}

/** All of the rules or, with a Refusal, none of them. */
export async function applyRules(rules: string, host: HostTool, stop: AbortSignal): Promise<void> {
	refuseUnlessGood(await run(host, ['-f', '-'], rules, stop));
}

/** Takes the lockdown's table away; false where it was not there. */
export async function deleteTable(host: HostTool, stop: AbortSignal): Promise<boolean> {
	if (!(await isLockedDown(host, stop))) return false;
	await nft(host, ['delete', 'table', ...lockdownTable], stop).catch(async (thrown: unknown) => {
		// Its revert may have been faster.
		if (await isLockedDown(host, stop)) throw thrown;
	});
	return true;
}

async function listRuleset(host: HostTool, stop: AbortSignal): Promise<string> {
	return nft(host, ['-s', 'list', 'ruleset'], stop);
}

async function nft(host: HostTool, words: readonly string[], stop: AbortSignal): Promise<string> {
	const { exitCode, stdout, stderr, leftOut } = await run(host, words, undefined, stop);
	if (exitCode !== 0) throw new Failure('failed', `nft ${words.join(' ')}: ${stderr.trim()}`);
	if (leftOut > 0)
		throw new Failure('too-large', 'the ruleset is over 8 MiB: too large to be saved');
	return stdout;
}

function run(
	host: HostTool,
	words: readonly string[],
	input: string | undefined,
	stop: AbortSignal,
): Promise<CommandResult> {
	const options = { timeoutMs: nftMs, maxBytes: rulesetBytes * 2 };
	return host.command(
		['nft', ...words],
		input === undefined ? options : { ...options, input },
		stop,
	);
}

function refuseUnlessGood({ exitCode, stderr }: CommandResult): void {
	if (exitCode !== 0) throw new Refusal(`nft does not take the rules: ${stderr.trim()}`);
}

/** The lines of one text that the other has not, or has less often. */
function linesWithout(text: string, other: string): readonly string[] {
	const counts = new Map<string, number>();
	for (const line of other.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
	return text.split('\n').filter((line) => {
		const left = (counts.get(line) ?? 0) - 1;
		counts.set(line, left);
		return left < 0;
	});
}
