import { disguisesOf } from './disguises.ts';
import type { Json, JsonObject } from './plan.ts';

/** Takes out what nobody may read, before anything is written down or leaves the machine. */
export type Redact = {
	text(text: string): string;
	/** Every text in it, keys too, and whatever stands at a configured path. */
	object(value: JsonObject): JsonObject;
};

/** What stands where something was taken out. */
const hidden = '***';

/** What is a secret by its looks, whoever holds it, and what stays of it. */
const looks: readonly (readonly [RegExp, string])[] = [
	[/-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,32}-----)?/g, hidden],
	[/(?<![A-Z0-9])A(?:KIA|SIA)[0-9A-Z]{16}(?![A-Z0-9])/g, hidden],
	[/(?<![A-Z0-9])S[UANCOX][A-Z2-7]{56}(?![A-Z2-7])/g, hidden],
	[/(?<![\w-])eyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]*/g, hidden],
	[/(:\/\/)[^\s/:@]{0,256}:[^\s/@]{1,256}@/g, `$1${hidden}@`],
	[/\b(bearer\s{1,8}|authorization\W{1,8}basic\s{1,8})[\w.~+/=-]{16,}/gi, `$1${hidden}`],
];

export type RedactSettings = {
	readonly paths?: readonly string[];
	readonly patterns?: readonly ((text: string) => string)[];
};

/**
 * Redacts by value (secrets it was told of, also in base64, URL-encoded and as JSON), by looks, and by paths of the
 * configuration: `params.password` hides what stands there at any depth, `*` is any one name.
 */
export class Redactor implements Redact {
	readonly #paths: readonly (readonly string[])[];
	readonly #patterns: readonly ((text: string) => string)[];
	/** Longest first: a shorter one may lie within a longer. */
	#known: readonly string[] = [];

	/** Each of `patterns` gives back the text without what it finds. */
	constructor({ paths = [], patterns = [] }: RedactSettings = {}) {
		this.#paths = paths.map((path) => path.split('.'));
		this.#patterns = patterns;
	}

	/** From now on this value is taken out wherever it stands. */
	learn(secret: string): void {
		const all = new Set([...this.#known, ...disguisesOf(secret)]);
		this.#known = [...all].sort((one, other) => other.length - one.length);
	}

	text(text: string): string {
		let out = text;
		for (const value of this.#known) out = out.replaceAll(value, hidden);
		for (const [look, rest] of looks) out = out.replace(look, rest);
		for (const without of this.#patterns) out = without(out);
		return out;
	}

	object(value: JsonObject): JsonObject {
		return this.#object(value, []);
	}

	#object(value: JsonObject, at: readonly string[]): JsonObject {
		const members = Object.entries(value).map(([name, member]) => {
			const path = [...at, name];
			return [this.text(name), this.#isHidden(path) ? hidden : this.#value(member, path)] as const;
		});
		return Object.fromEntries(members);
	}

	#value(value: Json, at: readonly string[]): Json {
		if (typeof value === 'string') return this.text(value);
		if (typeof value !== 'object' || value === null) return value;
		if (isList(value)) return value.map((item) => this.#value(item, at));
		return this.#object(value, at);
	}

	#isHidden(at: readonly string[]): boolean {
		return this.#paths.some((path) => {
			const from = at.length - path.length;
			return from >= 0 && path.every((name, index) => name === '*' || name === at[from + index]);
		});
	}
}

/** `Array.isArray` does not tell a readonly list from an object. */
function isList(value: JsonObject | readonly Json[]): value is readonly Json[] {
	return Array.isArray(value);
}
