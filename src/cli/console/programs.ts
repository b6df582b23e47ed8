import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, reasonOf } from '../../core/errors.ts';
import { safeText } from '../../core/safe-text.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Shows text in the operator's pager; the terminal must be lent before. What is shown is escaped as in files. */
export async function page(text: string, env: Env): Promise<void> {
	const [program = 'less', ...words] = wordsOf(env['PAGER'] || 'less');
	const child = spawn(program, words, { stdio: ['pipe', 'inherit', 'inherit'] });
	// A pager that is left before it has read all closes its end: that is no error.
	child.stdin?.on('error', () => {});
	child.stdin?.end(
		text
			.split('\n')
			.map((line) => safeText(line, 'file'))
			.join('\n'),
	);
	await ended(child, program);
}

/** Lets the operator edit text in her editor and resolves with what she left; the terminal must be lent before. */
export async function edit(text: string, extension: string, env: Env): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'eventctl-'));
	const file = join(folder, `draft.${extension}`);
	try {
		await writeFile(file, text, { mode: 0o600 });
		const [program = 'vi', ...words] = wordsOf(env['VISUAL'] || env['EDITOR'] || 'vi');
		await ended(spawn(program, [...words, file], { stdio: 'inherit' }), program);
		return (await readFile(file, 'utf8')).replace(/\n$/, '');
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function wordsOf(command: string): string[] {
	return command.split(/\s+/).filter(Boolean);
}

function ended(child: ChildProcess, program: string): Promise<void> {
	return new Promise((resolve, reject) => {
		child.on('exit', () => resolve());
		child.on('error', (cause) =>
			reject(new Failure('usage', `${program}: cannot be started: ${reasonOf(cause)}`, { cause })),
		);
	});
}
