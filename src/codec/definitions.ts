import { reasonOf } from '../core/errors.ts';
import type { FileProblem } from '../core/file-problem.ts';
import { didYouMean } from '../core/nearest.ts';
import { parseYamlDocument, type YamlDocument } from './yaml.ts';

/** A file of definitions: rules, playbooks. */
export type DefinitionFile = {
	/** As problems name it. */
	readonly path: string;
	readonly text: string;
	/** What it is a list of, where it is a bare list; whatever is asked for, where this is absent. */
	readonly holds?: Section;
};

type Path = readonly (string | number)[];

/** One item of such a file, with a way to say where its parts stand. */
export type Definition = {
	readonly value: unknown;
	/** The problem at a part; `offset` counts letters within the part's text. */
	problem(path: Path, says: string, offset?: number): FileProblem;
};

/** What a schema's issue tells; zod's fit. */
type Issue = {
	readonly path: readonly PropertyKey[];
	readonly message: string;
	readonly code: string;
	readonly keys?: readonly string[];
};

const apiVersion = 'eventctl/v1';
const sections = ['rules', 'playbooks'] as const;
export type Section = (typeof sections)[number];

/**
 * The items of one section. A file is a map with `apiVersion` and sections, or the list of one section alone.
 * What is wrong with the file as a whole is a problem, and then there are no items.
 */
export function readDefinitions(
	file: DefinitionFile,
	section: Section,
): { readonly items: readonly Definition[]; readonly problems: readonly FileProblem[] } {
	try {
		return itemsOf(file, section, parseYamlDocument(file.text));
	} catch (thrown) {
		const says = reasonOf(thrown);
		const [, line = '1', column = '1'] = /line (\d+), column (\d+)/u.exec(says) ?? [];
		const problem = { file: file.path, line: Number(line), column: Number(column), says };
		return { items: [], problems: [problem] };
	}
}

function itemsOf(
	file: DefinitionFile,
	section: Section,
	document: YamlDocument,
): ReturnType<typeof readDefinitions> {
	const { value } = document;
	const says = (path: Path, text: string) => ({
		items: [],
		problems: [{ file: file.path, ...document.position(path), says: text }],
	});
	if (Array.isArray(value)) {
		const isOther = file.holds !== undefined && file.holds !== section;
		return { items: isOther ? [] : definitions(file, document, [], value), problems: [] };
	}
	if (!isRecord(value)) return says([], `${section} are a list, or under the key ${section}`);
	const version = value['apiVersion'];
	if (version !== undefined && version !== apiVersion) {
		const text = `apiVersion ${String(version)} is not ${apiVersion}: this eventctl is older`;
		return says(['apiVersion'], text);
	}
	const known = ['apiVersion', ...sections];
	const stray = Object.keys(value).find((key) => !known.includes(key));
	if (stray !== undefined) return says([stray], `${stray} is not known${didYouMean(stray, known)}`);
	const list = value[section];
	if (list === undefined) return { items: [], problems: [] };
	if (!Array.isArray(list)) return says([section], `${section} is no list`);
	return { items: definitions(file, document, [section], list), problems: [] };
}

function definitions(
	file: DefinitionFile,
	document: YamlDocument,
	above: Path,
	list: readonly unknown[],
): readonly Definition[] {
	return list.map((value, index) => ({
		value,
		problem(path, says, offset) {
			const whole = [...above, index, ...path];
			const at = offset === undefined ? document.position(whole) : document.inside(whole, offset);
			return { file: file.path, ...at, says };
		},
	}));
}

/** A schema's issues as problems; `known` are the keys a map may have. */
export function issueProblems(
	definition: Definition,
	issues: readonly Issue[],
	known: (path: readonly PropertyKey[]) => readonly string[],
): readonly FileProblem[] {
	return issues.flatMap((issue) => {
		const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
		const name = path.join('.');
		if (issue.code !== 'unrecognized_keys') {
			return [definition.problem(path, `${name === '' ? 'this' : name}: ${issue.message}`)];
		}
		return (issue.keys ?? []).map((key) => {
			const says = `${[...path, key].join('.')} is not known${didYouMean(key, known(issue.path))}`;
			return definition.problem([...path, key], says);
		});
	});
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !(value instanceof Map);
}
