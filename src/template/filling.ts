import { Failure } from '../core/errors.ts';
import type { Lookup, Path } from './path.ts';
import { compileTemplate } from './template.ts';
import { TemplateError } from './template-error.ts';

/** A value with templates in its texts, compiled. */
export type Filling = {
	/** The paths its templates read. */
	readonly reads: readonly Path[];
	/** The value filled. Throws a TemplateError. */
	fill(lookup: Lookup): unknown;
};

/** A text in a value that is no template; `path` leads to it. */
export class FillingError extends Failure {
	readonly path: Path;
	readonly at: TemplateError['at'];
	constructor(path: Path, cause: TemplateError) {
		super(cause.code, cause.message, { cause });
		this.path = path;
		this.at = cause.at;
	}
}

/** Compiles every text below a value; keys are never templates. Throws a FillingError. */
export function compileFilling(value: unknown, path: Path = []): Filling {
	if (typeof value === 'string') return compileText(value, path);
	if (Array.isArray(value)) {
		const items = value.map((item, index) => compileFilling(item, [...path, index]));
		return {
			reads: items.flatMap(({ reads }) => reads),
			fill: (lookup) => items.map((item) => item.fill(lookup)),
		};
	}
	if (typeof value !== 'object' || value === null) return { reads: [], fill: () => value };
	return compileMembers(Object.entries(value), path);
}

function compileMembers(entries: readonly (readonly [string, unknown])[], path: Path): Filling {
	const members = entries.map(
		([key, member]) => [key, compileFilling(member, [...path, key])] as const,
	);
	return {
		reads: members.flatMap(([, { reads }]) => reads),
		fill(lookup) {
			const record: Record<string, unknown> = Object.create(null);
			for (const [key, member] of members) record[key] = member.fill(lookup);
			return record;
		},
	};
}

function compileText(text: string, path: Path): Filling {
	try {
		return compileTemplate(text);
	} catch (thrown) {
		throw thrown instanceof TemplateError ? new FillingError(path, thrown) : thrown;
	}
}
