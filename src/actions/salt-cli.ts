import * as z from 'zod';
import { Doubt, Refusal } from '../core/action.ts';
import { Failure } from '../core/errors.ts';
import type { CommandOptions, CommandResult } from '../core/host-tool.ts';
import type { SaltReturn } from '../core/salt-tool.ts';
import { messageLine } from './message-text.ts';
import { minionWords, runnerWords } from './salt-arguments.ts';
import { lookupOrder, type SaltDoor } from './salt-door.ts';
import { cachedReturns, saltReturn } from './salt-returns.ts';

const patienceMs = 30_000;
const mostBytes = 8 << 20;
const mostWords = 300;
const asJson = ['--out=json', '--out-indent=-1', '--no-color'];

export type CommandPlace = {
	/** The folder of `salt` and `salt-run`, where they are not on the usual path. */
	readonly programs?: string | undefined;
	/** The master's configuration folder, where it is not Salt's usual one. */
	readonly config?: string | undefined;
};

/** Runs a program without a shell. */
export type Run = (
	argv: readonly string[],
	options: CommandOptions,
	stop: AbortSignal,
) => Promise<CommandResult>;

type Program = 'salt' | 'salt-run';

/** Salt by its own commands, where this user may run them: on the master. */
export function saltCli({ programs, config }: CommandPlace, run: Run): SaltDoor {
	const call = (program: Program, words: readonly string[], stop: AbortSignal, ms = patienceMs) => {
		const path = programs === undefined ? program : `${programs}/${program}`;
		const place = config === undefined ? [] : ['-c', config];
		return run([path, ...place, ...words], { timeoutMs: ms, maxBytes: mostBytes }, stop);
	};

	return {
		how: 'salt CLI',
		async match(target, targetType, stop) {
			const order = { target, targetType, fun: 'test.ping', args: [], kwargs: {} };
			const words = minionWords(order, ['--preview-target', ...asJson]);
			return ids.parse(lastJson(ended(await call('salt', words, stop))) ?? []);
		},
		async publish(order, stop) {
			return jidIn(await call('salt', minionWords(order, ['--async', ...asJson]), stop));
		},
		async lookup(jid, stop) {
			const words = runnerWords(lookupOrder(jid), asJson);
			return cachedReturns(lastJson(ended(await call('salt-run', words, stop))));
		},
		async runner(order, timeoutMs, stop) {
			const result = await call('salt-run', runnerWords(order, asJson), stop, timeoutMs);
			if (!result.isCut) return runnerReturn(result);
			throw new Doubt(`${order.fun} was begun on the master and did not end in time`);
		},
	};
}

const ids = z.array(z.string());

function ended(result: CommandResult): CommandResult {
	if (result.isCut) throw new Failure('unreachable', 'the Salt master does not answer in time');
	return result;
}

/** The command says so also where it matched nobody, and then the id is 0. */
function jidIn(result: CommandResult): string {
	if (result.isCut) throw new Doubt('salt was told to send the order and did not end in time');
	const jid = /job ID: (\d+)/u.exec(result.stdout)?.[1];
	if (jid !== undefined && jid !== '0') return jid;
	if (jid === '0' || result.stdout.includes('No minions matched')) {
		throw new Refusal('no minion matched any more: nothing was sent');
	}
	throw new Failure('failed', `salt sent nothing: ${wordsOf(result)}`);
}

/** What ended with 0 may still be a complaint: an unknown runner is a sentence. */
function runnerReturn(result: CommandResult): SaltReturn {
	const data = lastJson(result) ?? wordsOf(result);
	const isUnknown = typeof data === 'string' && data.endsWith('is not available.');
	const retcode = result.exitCode || (isUnknown ? 254 : 0);
	return saltReturn('master', { return: data, retcode, success: retcode === 0 });
}

/** Prose and events may stand before it: the answer is the last document, on one line. */
function lastJson({ stdout }: CommandResult): unknown {
	for (const line of stdout.trimEnd().split('\n').reverse()) {
		try {
			return JSON.parse(line);
		} catch {
			// Prose between the documents; if there is nothing else, that is what is told.
		}
	}
	return undefined;
}

function wordsOf({ stdout, stderr }: CommandResult): string {
	return messageLine(stderr.trim() || stdout.trim() || 'it said nothing', mostWords);
}
