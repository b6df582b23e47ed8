import type { z } from 'zod';
import { parseYamlDocument, type YamlDocument } from '../codec/yaml.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import { issueWords } from '../core/issue-words.ts';
import { didYouMean } from '../core/nearest.ts';
import { overridesOf } from './overrides.ts';
import { type ConfigFiles, ownText } from './own-text.ts';
import {
	type Choice,
	chosenProfile,
	configFolder,
	type Env,
	type Layer,
	layersOf,
	type Origin,
} from './places.ts';
import { apiVersion, type Config, jsonSchema, schema } from './schema.ts';

export type Loaded = {
	readonly config: Config;
	/** By path: `profile`, `sources.bus`. What has none is a default. */
	readonly origins: ReadonlyMap<string, Origin>;
	/** Where a part of a value stands, as near as is known: `['sources', 'bus', 'tls', 'ca']`. */
	readonly where: (path: readonly string[]) => Origin | undefined;
	/** The files that were read, lowest layer first. */
	readonly files: readonly string[];
};

type Part = {
	readonly value: unknown;
	readonly origin: Origin;
	/** Where a part of the value stands. */
	readonly inside?: (path: readonly string[]) => Origin;
};

/** Maps whose entries are said one by one in several layers; everything else is taken whole. */
export const merged: ReadonlySet<string> = new Set([
	'sources',
	'buffer',
	'actions',
	'notify',
	'policy',
	'hosts',
	'host',
]);

/** Reads all layers into one configuration; throws a Failure that names file, line and column of what is wrong. */
export async function loadConfig(
	env: Env,
	files: ConfigFiles,
	choice: Choice = {},
): Promise<Loaded> {
	const parts = new Map<string, Part>();
	const read: string[] = [];
	for (const layer of await layersOf(env, files.list, choice)) {
		for (const path of layer.files) {
			const text = await ownText(files, path);
			if (text === undefined) continue;
			read.push(path);
			addParts(parts, layer, path, documentOf(path, text));
		}
	}
	needsNamed(env, choice, read);
	nameProfile(parts, chosenProfile(env, choice));
	for (const { key, value, origin } of overridesOf(env, choice)) parts.set(key, { value, origin });
	const origins = new Map([...parts].map(([path, { origin }]) => [path, origin]));
	const where = (path: readonly string[]) => placeIn(parts, path);
	return { config: schema.parse(together(parts)), origins, where, files: read };
}

function placeIn(parts: ReadonlyMap<string, Part>, path: readonly string[]): Origin | undefined {
	const depth = merged.has(path[0] ?? '') ? 2 : 1;
	const part = parts.get(path.slice(0, depth).join('.'));
	return part?.inside?.(path.slice(depth)) ?? part?.origin;
}

/** What was named by hand must be there: a misspelt profile would pass for another. */
function needsNamed(env: Env, choice: Choice, read: readonly string[]): void {
	const config = choice.config ?? env['EVENTCTL_CONFIG'];
	if (config && !read.includes(config)) {
		throw new Failure('config', `${config}: there is no such config file`);
	}
	const { name } = chosenProfile(env, choice) ?? {};
	if (name && !read.some((path) => path.endsWith(`/profiles/${name}.yaml`))) {
		const own = configFolder(env);
		const says = `profile ${name}: there is no profiles/${name}.yaml in ${own} or /etc/eventctl`;
		throw new Failure('config', says);
	}
}

/** The header's word is the chosen profile's own, never one of the files below it. */
function nameProfile(parts: Map<string, Part>, chosen: ReturnType<typeof chosenProfile>): void {
	if (chosen === undefined || parts.get('profile')?.origin.layer === 'profile') return;
	parts.set('profile', { value: chosen.name, origin: chosen.origin });
}

function documentOf(path: string, text: string): YamlDocument {
	const document = parsed(path, text);
	checkVersion(path, document);
	const result = schema.safeParse(document.value ?? {});
	if (result.success) return document;
	const { issues } = result.error;
	// A key that is misspelt is also a key that is missing: the cause is said, not what follows from it.
	const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
	throw issue ? failureOf(path, document, issue) : result.error;
}

function parsed(path: string, text: string): YamlDocument {
	try {
		return parseYamlDocument(text);
	} catch (cause) {
		throw new Failure('config', `${path}: ${reasonOf(cause)}`, { cause });
	}
}

function checkVersion(path: string, { value }: YamlDocument): void {
	if (typeof value !== 'object' || value === null || !('apiVersion' in value)) return;
	const version = value.apiVersion;
	if (version === apiVersion) return;
	const says = `${path}: apiVersion ${String(version)} is not ${apiVersion}: this eventctl is older than the file`;
	throw new Failure('config', says);
}

type Issue = z.core.$ZodIssue;

function failureOf(path: string, document: YamlDocument, issue: Issue): Failure {
	const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
	const at = [...issue.path, ...keys].map((key) => (typeof key === 'number' ? key : String(key)));
	const { line, column } = document.position(at);
	const says = keys[0]
		? `${at.join('.')} is not known${didYouMean(keys[0], keysAt(issue.path))}`
		: `${at.join('.') || 'the file'}: ${issueWords(issue)}`;
	return new Failure('config', `${path}:${line}:${column}: ${says}`);
}

/** The keys a map at a path may have, as far as the schema names them. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
	let at: unknown = jsonSchema();
	for (const key of path) at = memberOf(memberOf(at, 'properties'), key);
	return Object.keys(memberOf(at, 'properties') ?? {});
}

function memberOf(value: unknown, key: PropertyKey): object | undefined {
	const member: unknown =
		typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
	return typeof member === 'object' && member !== null ? member : undefined;
}

function addParts(
	parts: Map<string, Part>,
	layer: Layer,
	file: string,
	document: YamlDocument,
): void {
	for (const [key, value] of entriesOf(document.value)) {
		if (key === 'apiVersion') continue;
		const inner = merged.has(key) ? entriesOf(value) : undefined;
		for (const [name, item] of inner ?? [[undefined, value] as const]) {
			const at = name === undefined ? [key] : [key, name];
			const origin = { layer: layer.name, file, ...document.position(at) };
			parts.set(at.join('.'), {
				value: item,
				origin,
				inside: (path) => ({ ...origin, ...document.position([...at, ...path]) }),
			});
		}
	}
}

function entriesOf(value: unknown): [string, unknown][] {
	return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function together(parts: ReadonlyMap<string, Part>): unknown {
	const whole: Record<string, unknown> = Object.create(null);
	const inner = new Map<string, Record<string, unknown>>();
	for (const [path, { value }] of parts) {
		const dot = path.indexOf('.');
		const key = dot < 0 ? path : path.slice(0, dot);
		if (!merged.has(key)) {
			whole[key] = value;
			continue;
		}
		const entries = inner.get(key) ?? Object.create(null);
		entries[path.slice(dot + 1)] = value;
		inner.set(key, entries);
		whole[key] = entries;
	}
	return whole;
}
