import { Failure } from '../core/errors.ts';
import { caps } from './caps.ts';
import { exactNumber } from './json-number.ts';

/** What a string may not hold as it is, and what makes it more than its characters. */
const special = /[\\\p{Cc}]/u;

/**
 * Reads JSON text as the platform's parser does, but keeps what that one gives up: exact numbers, objects
 * without a prototype, and caps that hold before anything is built. Every failure is a Failure (`undecodable`)
 * with its place, and quotes nothing of the text.
 */
export class JsonReader {
	private at = 0;
	private values = 0;
	private readonly numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
	private readonly text: string;

	constructor(text: string) {
		this.text = text;
	}

	/** The one value that the text is. */
	whole(): unknown {
		const value = this.value(0);
		this.space();
		if (this.at < this.text.length) throw this.refused('something stands behind the value');
		return value;
	}

	private value(depth: number): unknown {
		this.values += 1;
		if (this.values > caps.values) throw this.refused(`more than ${caps.values} values`);
		this.space();
		switch (this.text.charCodeAt(this.at)) {
			case 0x7b:
				return this.object(depth);
			case 0x5b:
				return this.list(depth);
			case 0x22:
				return this.string();
			case 0x74:
				return this.literal('true', true);
			case 0x66:
				return this.literal('false', false);
			case 0x6e:
				return this.literal('null', null);
			default:
				return this.number();
		}
	}

	private object(depth: number): Record<string, unknown> {
		const record: Record<string, unknown> = Object.create(null);
		if (this.opens(depth, 0x7d)) return record;
		for (let entries = 1; ; entries += 1) {
			this.space();
			if (this.text.charCodeAt(this.at) !== 0x22) throw this.refused('a key must be a string');
			const key = this.string();
			this.space();
			if (!this.takes(0x3a)) throw this.refused('a colon is missing');
			record[key] = this.value(depth + 1);
			if (this.ends(entries, 0x7d)) return record;
		}
	}

	private list(depth: number): unknown[] {
		const items: unknown[] = [];
		if (this.opens(depth, 0x5d)) return items;
		for (let entries = 1; ; entries += 1) {
			items.push(this.value(depth + 1));
			if (this.ends(entries, 0x5d)) return items;
		}
	}

	/** Steps into a container; true where it is empty, and left again. */
	private opens(depth: number, close: number): boolean {
		if (depth >= caps.depth) throw this.refused(`nested deeper than ${caps.depth}`);
		this.at += 1;
		this.space();
		return this.takes(close);
	}

	/** Behind an entry: true where the container ends, false where another entry follows. */
	private ends(entries: number, close: number): boolean {
		this.space();
		if (this.takes(close)) return true;
		if (!this.takes(0x2c)) throw this.refused('a comma is missing');
		if (entries >= caps.entries) throw this.refused(`more than ${caps.entries} entries`);
		return false;
	}

	private string(): string {
		const start = this.at;
		let end = this.text.indexOf('"', start + 1);
		while (end > 0 && this.isEscaped(end)) end = this.text.indexOf('"', end + 1);
		if (end < 0) throw this.refused('a string does not end');
		this.at = end + 1;
		const inside = this.text.slice(start + 1, end);
		return special.test(inside) ? this.unescaped(start) : inside;
	}

	/** Whether an odd number of backslashes stands before this place. */
	private isEscaped(place: number): boolean {
		let before = place - 1;
		while (this.text.charCodeAt(before) === 0x5c) before -= 1;
		return (place - before) % 2 === 0;
	}

	private unescaped(start: number): string {
		try {
			return String(JSON.parse(this.text.slice(start, this.at)));
		} catch (cause) {
			if (cause instanceof SyntaxError)
				throw this.refused('a string has a bad escape or a control');
			throw cause;
		}
	}

	private literal(word: string, value: boolean | null): boolean | null {
		if (!this.text.startsWith(word, this.at)) throw this.refused('no value begins like this');
		this.at += word.length;
		return value;
	}

	private number(): unknown {
		this.numbers.lastIndex = this.at;
		const source = this.numbers.exec(this.text)?.[0];
		if (source === undefined) throw this.refused('no value begins like this');
		this.at += source.length;
		return exactNumber(Number(source), source);
	}

	private space(): void {
		let code = this.text.charCodeAt(this.at);
		while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
			this.at += 1;
			code = this.text.charCodeAt(this.at);
		}
	}

	private takes(code: number): boolean {
		if (this.text.charCodeAt(this.at) !== code) return false;
		this.at += 1;
		return true;
	}

	private refused(reason: string): Failure {
		return new Failure('undecodable', `JSON: ${reason}, at character ${this.at + 1}`);
	}
}
