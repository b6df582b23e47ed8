import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Failure, reasonOf, systemCode } from './errors.ts';

const run = promisify(execFile);
const maxBytes = 64 * 1024;
const commandTimeoutMs = 10_000;
/** A link may lead elsewhere than its owner thinks, and opening a FIFO waits for its writer. */
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** A value nobody may see: whatever prints it prints `***`. Only `reveal` gives it away. */
export class Secret {
	readonly #text: string;
	constructor(text: string) {
		this.#text = text;
	}
	reveal(): string {
		return this.#text;
	}
	toString(): string {
		return '***';
	}
	toJSON(): string {
		return '***';
	}
	[Symbol.for('nodejs.util.inspect.custom')](): string {
		return '***';
	}
}

const reference = /^(file|env|cmd):(.+)$/su;

/** Whether a setting's text points to a secret instead of being one. */
export function isReference(text: string): boolean {
	return reference.test(text);
}

const secretName = /token|password|passphrase|secret|creds|webhook|^key$|nkey/iu;

/** Whether what a setting of this name holds is nobody's to see. */
export function isSecretName(name: string): boolean {
	return secretName.test(name);
}

/**
 * The secret that `file:PATH`, `env:NAME` or `cmd:PROGRAM ARGUMENT…` (no shell) stands for, without its last
 * line ends. Read when called, so that a changed secret counts at the next use. Throws a Failure whose
 * sentence names the reference and never the value. A file must be this user's own with mode 0600 or less.
 */
export async function resolveSecret(
	text: string,
	env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Secret> {
	const [, scheme, rest = ''] = reference.exec(text) ?? [];
	if (scheme === 'file') return secretOf(text, await readOwn(rest, env));
	if (scheme === 'cmd') return secretOf(text, await readCommand(rest));
	if (scheme === 'env') return secretOf(text, env[rest] ?? '');
	throw new Failure(
		'config',
		'a secret is a reference: file:PATH, env:NAME or cmd:PROGRAM ARGUMENT',
	);
}

function secretOf(text: string, value: string): Secret {
	const trimmed = value.replace(/[\r\n]+$/u, '');
	if (trimmed === '') throw new Failure('config', `the secret ${text} is empty: set it`);
	return new Secret(trimmed);
}

/** A path with its leading `~` replaced by the home folder. */
export function expandHome(
	path: string,
	env: Readonly<Record<string, string | undefined>> = process.env,
): string {
	const { HOME = '' } = env;
	return path === '~' || path.startsWith('~/') ? `${HOME}${path.slice(1)}` : path;
}

async function readOwn(
	path: string,
	env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
	const file = await openSecret(expandHome(path, env));
	try {
		const stat = await file.stat();
		const { mode, uid, size } = stat;
		if (!stat.isFile()) throw new Failure('config', `the secret file ${path} is no plain file`);
		if (uid !== process.getuid?.()) {
			throw new Failure('denied', `the secret file ${path} belongs to another user: own it`);
		}
		if ((mode & 0o077) !== 0) {
			throw new Failure('denied', `the secret file ${path} is open to others: chmod 600 ${path}`);
		}
		if (size > maxBytes) throw new Failure('too-large', `the secret file ${path} is over 64 KiB`);
		return await file.readFile('utf8');
	} finally {
		await file.close();
	}
}

async function openSecret(path: string) {
	try {
		return await open(path, flags);
	} catch (thrown) {
		const why =
			systemCode(thrown) === 'ELOOP'
				? 'is a symbolic link: name the file itself'
				: reasonOf(thrown);
		throw new Failure('config', `the secret file ${path} cannot be read: ${why}`, {
			cause: thrown,
		});
	}
}

async function readCommand(line: string): Promise<string> {
	const [program = '', ...argv] = line.trim().split(/\s+/u);
	try {
		const { stdout } = await run(program, argv, {
			timeout: commandTimeoutMs,
			maxBuffer: maxBytes,
			windowsHide: true,
		});
		return stdout;
	} catch (thrown) {
		// The command's own output may hold the secret: only how it ended is said.
		const how = systemCode(thrown) ?? 'it failed';
		throw new Failure(
			'config',
			`the secret command ${program} gave nothing (${how}): run it by hand`,
		);
	}
}
