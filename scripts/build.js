/**
 * Compiles what changed, and bundles what bin/eventctl starts. What no longer exists in the sources leaves dist
 * first: it must not go on running.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist/bundle`, { recursive: true, force: true });
removeOrphans();
const { status } = spawnSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`], {
	cwd: root,
	stdio: 'inherit',
});
if (status === 0) await bundle();
else process.exitCode = status ?? 1;

function removeOrphans() {
	for (const made of globSync('**/*.{js,js.map}', { cwd: `${root}dist` })) {
		const source = `${root}${made.replace(/\.js(\.map)?$/, '.ts')}`;
		if (!existsSync(source) && !existsSync(`${source}x`)) rmSync(`${root}dist/${made}`);
	}
}

/** Entries and chunks lie as deep as the files they come from: what is found by a relative URL stays found. */
async function bundle() {
	await build({
		absWorkingDir: root,
		entryPoints: {
			'cli/main': 'dist/src/cli/main.js',
			'cli/engine-worker': 'dist/src/cli/engine-worker.js',
			'zeromq/child': 'dist/connectors/zeromq/child.js',
		},
		outdir: 'dist/bundle',
		chunkNames: 'cli/[name]-[hash]',
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		// Nothing is rewritten: a regular expression that is a literal is compiled once and kept with the code.
		target: 'esnext',
		external: ['zeromq', 'react-devtools-core', ...absent('@kubernetes/client-node')],
		define: { 'process.env.NODE_ENV': '"production"' },
		// Packages that are CommonJS ask for Node's own modules by require.
		banner: {
			js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
		},
		plugins: [yogaWithoutFetch],
		logLevel: 'warning',
	});
}

/** An optional package that was left out is asked for, and missed, when it is needed. */
function absent(name) {
	return existsSync(`${root}node_modules/${name}`) ? [] : [name];
}
