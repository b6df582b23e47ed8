import type { Redact } from '../core/redact.ts';
import type { OutputLine } from '../core/store.ts';

/** Kept of each stream: so much of its beginning and as much of its end, in characters. */
const halfLength = 32 * 1024;
/** A line without an end is cut after so much. */
const maxLine = 4096;
/** What is held back of such a line: a secret that has half arrived cannot be recognised yet. */
const heldBack = 512;

type Stream = 'out' | 'err';
type Line = OutputLine & { readonly order: number };

/** One stream's first and last lines, and how much lay between them. */
class Ends {
	readonly head: Line[] = [];
	readonly tail: Line[] = [];
	leftLines = 0;
	leftLength = 0;
	#headLength = 0;
	#tailLength = 0;

	add(line: Line): void {
		const { length } = line.text;
		if (this.tail.length === 0 && this.#headLength + length <= halfLength) {
			this.head.push(line);
			this.#headLength += length;
			return;
		}
		this.tail.push(line);
		this.#tailLength += length;
		while (this.#tailLength > halfLength) this.#drop();
	}

	#drop(): void {
		const line = this.tail.shift();
		const length = line?.text.length ?? 0;
		this.#tailLength -= length;
		this.leftLines += 1;
		this.leftLength += length;
	}
}

/** The output of one run: whole lines, redacted, the beginning and the end of each stream. */
export class RunOutput {
	readonly #redact: Redact;
	readonly #ends = { out: new Ends(), err: new Ends() };
	readonly #open = new Map<Stream, { readonly step: number; readonly text: string }>();
	#order = 0;

	/** `before`: what was kept of it already, by a process that died. */
	constructor(redact: Redact, before: readonly OutputLine[] = []) {
		this.#redact = redact;
		for (const line of before) this.#add(line);
	}

	write(step: number, stream: Stream, text: string): void {
		const open = this.#open.get(stream);
		if (open && open.step !== step) this.#close(stream);
		const lines = `${this.#open.get(stream)?.text ?? ''}${text}`.split('\n');
		const rest = lines.pop() ?? '';
		for (const line of lines) this.#pieces(step, stream, line);
		this.#open.set(stream, { step, text: this.#cut(step, stream, rest) });
	}

	/** What has no end of line yet is a line too. */
	end(): void {
		this.#close('out');
		this.#close('err');
	}

	lines(): readonly OutputLine[] {
		const { out, err } = this.#ends;
		const all = [...withGap(out), ...withGap(err)].sort((one, other) => one.order - other.order);
		return all.map(({ step, stream, text }) => ({ step, stream, text }));
	}

	#close(stream: Stream): void {
		const open = this.#open.get(stream);
		this.#open.delete(stream);
		if (open?.text) this.#pieces(open.step, stream, open.text);
	}

	/** The rest of a line that has grown too long, its beginning kept as a line. */
	#cut(step: number, stream: Stream, text: string): string {
		if (text.length <= maxLine + heldBack) return text;
		const redacted = this.#redact.text(text);
		this.#add({ step, stream, text: redacted.slice(0, -heldBack) });
		return redacted.slice(-heldBack);
	}

	#pieces(step: number, stream: Stream, line: string): void {
		const text = this.#redact.text(line);
		for (let from = 0; from === 0 || from < text.length; from += maxLine) {
			this.#add({ step, stream, text: text.slice(from, from + maxLine) });
		}
	}

	#add(line: OutputLine): void {
		this.#order += 1;
		this.#ends[line.stream === 'err' ? 'err' : 'out'].add({ ...line, order: this.#order });
	}
}

function withGap({ head, tail, leftLines, leftLength }: Ends): readonly Line[] {
	const [first] = tail;
	if (leftLines === 0 || !first) return [...head, ...tail];
	const says = `${leftLines} lines, ${leftLength} characters of ${first.stream} left out`;
	return [...head, { ...first, order: first.order - 0.5, stream: 'note', text: says }, ...tail];
}
