/** What makes the bundle start sooner than the modules it is made of: each plugin spares what a first frame has no use for. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Ink's layout engine holds its WebAssembly as text and yet fetches it, which makes Node load all of its HTTP before
 * the first frame; without `fetch` it decodes the text.
 */
const yogaWithoutFetch = {
	name: 'yoga-without-fetch',
	setup(build) {
		build.onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => ({
			contents: `const fetch = undefined;\n${await readFile(path, 'utf8')}`,
		}));
	},
};

/** Packages that take long to start and are not always asked: each starts when something of it is first used. */
const whenUsed = {
	name: 'when-used',
	setup(build) {
		const filter = /^(@marcbachmann\/cel-js|re2js|yaml|@huggingface\/jinja)$/;
		build.onResolve({ filter }, ({ path, kind }) =>
			kind === 'require-call' ? undefined : { path, namespace: 'when-used' },
		);
		build.onLoad({ filter: /.*/, namespace: 'when-used' }, async ({ path }) => ({
			resolveDir: root,
			contents: Object.keys(await import(path))
				.map((name) => `define('${name}', () => require('${path}')['${name}']);\n`)
				.join('')
				.replace(
					/^/,
					'const define = (name, get) => Object.defineProperty(exports, name, { get, enumerable: true });\n',
				),
		}));
	},
};

/** Ink asks how wide each text is: what our own table knows is no reason to build string-width's. */
const widthFromTable = {
	name: 'width-from-table',
	setup(build) {
		build.onResolve({ filter: /^string-width$/ }, ({ path, kind }) =>
			kind === 'require-call' ? undefined : { path, namespace: 'width-from-table' },
		);
		build.onLoad({ filter: /.*/, namespace: 'width-from-table' }, () => ({
			resolveDir: root,
			contents: `
				import { stripVTControlCharacters } from 'node:util';
				import { stableTextWidth } from './dist/src/core/width.js';
				export default (text, options = {}) =>
					stableTextWidth(options.countAnsiEscapeCodes ? text : stripVTControlCharacters(text)) ??
					require('string-width').default(text, options);
			`,
		}));
	},
};

/** The keymaps as they are when they have been read. */
const keymapsRead = {
	name: 'keymaps-read',
	setup(build) {
		build.onLoad({ filter: /keys\/shipped\.js$/ }, async ({ path }) => {
			const { shippedKeymap } = await import(path);
			const names = globSync('*.yaml', { cwd: `${root}keymaps` }).map((file) =>
				basename(file, '.yaml'),
			);
			const keymaps = new Map(names.sort().map((name) => [name, shippedKeymap(name)]));
			return {
				contents: `const keymaps = ${source(keymaps)};\nexport const shippedKeymap = (name) => keymaps.get(name);`,
			};
		});
	},
};

/** JavaScript that makes a value of maps, objects and plain values. */
function source(value) {
	if (value instanceof Map)
		return `new Map([${[...value].map((pair) => `[${pair.map(source)}]`)}])`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${source(inner)}`)}}`;
}

export const lean = [yogaWithoutFetch, whenUsed, widthFromTable, keymapsRead];
