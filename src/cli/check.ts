import * as registry from '../../connectors/registry.ts';
import { commands } from '../commands/registry.ts';
import { type Loaded, loadConfig } from '../config/load.ts';
import { type ReadySource, sourcesFor } from '../config/sources.ts';
import { systemClock } from '../core/clock.ts';
import type { Connector } from '../core/connector.ts';
import { failures, reasonOf } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';
import { takenBy } from '../keys/load.ts';
import { problems as keymapProblems, type Problem } from '../keys/problems.ts';
import { referenceProblems, settingsProblems } from './check-references.ts';
import { ruleProblems } from './check-rules.ts';
import { userKeymap, userKeysFile } from './console/user-keys.ts';
import { configFiles, environmentOf } from './disk.ts';
import type { GlobalOptions, Io } from './io.ts';
import { tellProblem } from './problems.ts';

/** Reads everything eventctl would read and says all that is wrong with it; 3 where anything is. */
export async function run(
	_words: readonly string[],
	options: GlobalOptions,
	io: Io,
): Promise<number> {
	const loaded = await loadConfig(io.env, configFiles, options);
	const sources = await checkedSources(loaded, Object.values(registry), io);
	const problems = [...sources.problems, ...(await keyProblems(loaded, io))];
	for (const problem of problems) io.stderr.write(`${safeText(problem)}\n`);
	const respond = await ruleProblems(loaded, io.env, systemClock.now());
	const references = await referenceProblems(loaded, io.env);
	const settings = await settingsProblems(sources.ready, loaded, io.env, references);
	for (const problem of [...references, ...settings, ...respond.problems]) tellProblem(problem, io);
	if (problems.length > 0 || respond.problems.some(({ isWarning }) => !isWarning)) {
		return failures.config.exit;
	}
	for (const note of await keyNotes(loaded, io)) io.stdout.write(`${safeText(note)}\n`);
	const { rules, playbooks } = respond;
	io.stdout.write(`ok: ${summary(loaded, rules, playbooks)}\n`);
	return 0;
}

/** What keys of the operator's own no longer do, and where that still is. */
async function keyNotes({ config }: Loaded, { env }: Io): Promise<readonly string[]> {
	const file = await userKeysFile(env);
	return file ? takenBy(file, config.keymap).map(placed) : [];
}

function summary({ files, config }: Loaded, rules: number, playbooks: number): string {
	const count = Object.keys(config.sources).length;
	const respond = [
		...(rules > 0 ? [counted(rules, 'rule')] : []),
		...(playbooks > 0 ? [counted(playbooks, 'playbook')] : []),
	];
	return [counted(files.length, 'file'), counted(count, 'source'), ...respond, 'keys'].join(', ');
}

function counted(count: number, what: string): string {
	return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** The configured sources, and what their connectors say against others: each is asked alone, so that all are heard. */
async function checkedSources(
	{ config, where }: Loaded,
	connectors: readonly Connector[],
	io: Io,
): Promise<{ readonly ready: readonly ReadySource[]; readonly problems: readonly string[] }> {
	const environment = environmentOf(io.env, false);
	const ready: ReadySource[] = [];
	const problems: string[] = [];
	for (const [name, source] of Object.entries(config.sources)) {
		const alone = { ...config, sources: { [name]: source } };
		try {
			ready.push(...(await sourcesFor([], alone, connectors, environment, where)));
		} catch (error) {
			problems.push(reasonOf(error));
		}
	}
	return { ready, problems };
}

/** What is wrong with the keys in force, the user's own among them. */
async function keyProblems({ config }: Loaded, { env }: Io): Promise<readonly string[]> {
	try {
		const found = keymapProblems(await userKeymap(config.keymap, env), commands);
		return found.map(placed);
	} catch (error) {
		return [reasonOf(error)];
	}
}

function placed({ text, origin }: Problem): string {
	return origin ? `${origin.file}:${origin.line}:${origin.column}: ${text}` : `keys: ${text}`;
}
