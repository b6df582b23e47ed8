/**
 * Compiles what changed, and bundles what bin/eventctl starts. What no longer exists in the sources leaves dist
 * first: it must not go on running.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { assemble, madeOf } from './assemble.js';
import { lean } from './lean.js';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist/bundle`, { recursive: true, force: true });
removeOrphans();
const { status } = spawnSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`], {
	cwd: root,
	stdio: 'inherit',
});
// Each starts in a thread or a process of its own, and soonest from few files: what one shares with another it holds itself.
if (status === 0) {
	await assemble(root);
	await bundle('cli/main', 'dist/src/cli/main.js');
	await bundle('cli/engine-worker', 'dist/src/cli/engine-worker.js');
	await bundle('zeromq/child', 'dist/connectors/zeromq/child.js');
} else process.exitCode = status ?? 1;

function removeOrphans() {
	const assembled = new Set(globSync('src/**/*.as.ts', { cwd: root }).map(madeOf));
	for (const made of globSync('**/*.{js,js.map}', { cwd: `${root}dist` })) {
		if (assembled.has(made)) continue;
		const source = `${root}${made.replace(/\.js(\.map)?$/, '.ts')}`;
		if (!existsSync(source) && !existsSync(`${source}x`)) rmSync(`${root}dist/${made}`);
	}
}

/** Entries and chunks lie as deep as the files they come from: what is found by a relative URL stays found. */
async function bundle(name, entry) {
	await build({
		absWorkingDir: root,
		entryPoints: { [name]: entry },
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
		plugins: lean,
		logLevel: 'warning',
	});
}

/** An optional package that was left out is asked for, and missed, when it is needed. */
function absent(name) {
	return existsSync(`${root}node_modules/${name}`) ? [] : [name];
}
