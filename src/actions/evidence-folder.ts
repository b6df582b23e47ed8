import { createHash } from 'node:crypto';
import { constants, writeSync } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { Failure, reasonOf, systemCode } from '../core/errors.ts';
import type { HostTool } from '../core/host-tool.ts';
import type { EvidenceItem } from './evidence-items.ts';

/** What the manifest says of one file. */
export type Evidence = {
	readonly file: string;
	readonly command: readonly string[];
	/** RFC 3339. */
	readonly startedAt: string;
	readonly endedAt: string;
	readonly exitCode: number | null;
	readonly bytes: number;
	readonly sha256: string;
	/** Why there is less than there could be: its limit, its time, a program that is not there. */
	readonly missing?: string;
	/** The last of what the command said beside it. */
	readonly stderr?: string;
};

/** A file whose bytes were hashed as they were written; its name was not there before. */
type Sealed = { readonly bytes: number; readonly sha256: string };
/** How a command ended. */
type Told = Pick<Evidence, 'exitCode' | 'missing' | 'stderr'>;
/** Appends, and answers why it could not: whoever calls it is in a stream's callback. */
type Write = (bytes: Uint8Array) => string | undefined;

const nothing: Sealed = { bytes: 0, sha256: '' };

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
const stderrCharacters = 500;

/** A new folder, only ours; another number where one of that name is left from an earlier store. */
export async function makeEvidenceFolder(
	base: string,
	name: string,
): Promise<{ readonly path: string; readonly name: string }> {
	try {
		await mkdir(base, { recursive: true, mode: 0o700 });
		for (let number = 1; ; number++) {
			const own = number === 1 ? name : `${name}-${number}`;
			const path = join(base, own);
			if (await isMade(path)) return { path, name: own };
		}
	} catch (cause) {
		throw new Failure('failed', `no evidence folder in ${base}: ${reasonOf(cause)}`, { cause });
	}
}

async function isMade(path: string): Promise<boolean> {
	try {
		await mkdir(path, { mode: 0o700 });
		return true;
	} catch (thrown) {
		if (systemCode(thrown) === 'EEXIST') return false;
		throw thrown;
	}
}

/** Takes one piece of evidence. It throws nothing: what went wrong is told in what it answers. */
export async function takeEvidence(
	item: EvidenceItem,
	{
		host,
		folder,
		clock,
	}: { readonly host: HostTool; readonly folder: string; readonly clock: Clock },
	stop: AbortSignal,
): Promise<Evidence> {
	const { file, argv: command } = item;
	const startedAt = isoOf(clock);
	const done = await seal(join(folder, file), (write) => record(item, write, host, stop)).catch(
		(thrown: unknown) => ({ ...nothing, told: { exitCode: null, missing: reasonOf(thrown) } }),
	);
	const { bytes, sha256, told } = done;
	return { file, command, startedAt, endedAt: isoOf(clock), bytes, sha256, ...told };
}

/** Runs the command into the file, as far as the file may grow. */
async function record(
	{ argv, timeoutMs, maxBytes }: EvidenceItem,
	write: Write,
	host: HostTool,
	stop: AbortSignal,
): Promise<Told> {
	const full = new AbortController();
	let room = maxBytes;
	let missing: string | undefined;
	const onBytes = (stream: 'out' | 'err', bytes: Uint8Array) => {
		if (stream === 'err' || missing !== undefined) return;
		missing = write(bytes.subarray(0, room));
		if (bytes.length > room) missing ??= `there is more than ${maxBytes} bytes`;
		room -= bytes.length;
		if (missing !== undefined) full.abort();
	};
	try {
		const either = AbortSignal.any([stop, full.signal]);
		const result = await host.command(argv, { timeoutMs, onBytes }, either);
		if (result.isCut) missing ??= stop.aborted ? 'it was stopped' : `not done in ${timeoutMs} ms`;
		const stderr = result.base64.includes('err') ? '' : result.stderr.trim();
		return {
			exitCode: result.exitCode ?? null,
			...(missing === undefined ? {} : { missing }),
			...(stderr === '' ? {} : { stderr: stderr.slice(-stderrCharacters) }),
		};
	} catch (thrown) {
		return { exitCode: null, missing: missing ?? reasonOf(thrown) };
	}
}

/** Writes a whole text; answers its hash. */
export async function sealText(path: string, text: string): Promise<string> {
	const { sha256 } = await seal(path, async (write) => {
		const wrong = write(Buffer.from(text));
		if (wrong !== undefined) throw new Failure('failed', `${path}: ${wrong}`);
	});
	return sha256;
}

async function seal<T>(
	path: string,
	fill: (write: Write) => Promise<T>,
): Promise<Sealed & { readonly told: T }> {
	const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
	const hash = createHash('sha256');
	let length = 0;
	try {
		const told = await fill((bytes) => {
			const wrong = append(file, bytes);
			if (wrong !== undefined) return wrong;
			hash.update(bytes);
			length += bytes.length;
			return undefined;
		});
		await file.sync();
		return { bytes: length, sha256: hash.digest('hex'), told };
	} finally {
		await file.close();
	}
}

function append({ fd }: FileHandle, bytes: Uint8Array): string | undefined {
	try {
		let written = 0;
		while (written < bytes.length) written += writeSync(fd, bytes, written);
		return undefined;
	} catch (thrown) {
		return reasonOf(thrown);
	}
}

function isoOf(clock: Clock): string {
	return new Date(clock.now()).toISOString();
}
