import { Readable, Writable } from 'node:stream';
import type { Io } from '../../src/cli/io.ts';

/** The streams of a verb, caught as text. */
export type CaughtIo = Io & { readonly out: () => string; readonly err: () => string };

export function anIo(env: Io['env'] = {}): CaughtIo {
	const [out, err] = [caught(), caught()];
	return {
		stdin: Readable.from([]),
		stdout: out.stream,
		stderr: err.stream,
		env,
		stop: new AbortController().signal,
		out: out.text,
		err: err.text,
	};
}

function caught(): { readonly stream: Writable; text(): string } {
	const chunks: string[] = [];
	const stream = new Writable({
		write(chunk, _encoding, done) {
			chunks.push(String(chunk));
			done();
		},
	});
	return { stream, text: () => chunks.join('') };
}
