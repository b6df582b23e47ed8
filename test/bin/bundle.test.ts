import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run as keys } from '../../src/cli/keys.ts';
import { presetNames } from '../../src/keys/load.ts';
import { anIo } from '../support/an-io.ts';
import { root } from '../support/files.ts';
import { ownHome } from '../support/own-home.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = join(root, 'dist/bundle/cli');

/** The text of all files that stand before the first line of these modules runs: what is imported when asked for is not. */
function loadedBy(...modules: string[]): string {
	const files = new Map<string, string>();
	const load = (file: string) => {
		if (files.has(file)) return;
		const text = readFileSync(join(folder, file), 'utf8');
		files.set(file, text);
		for (const [, name] of text.matchAll(/^(?:\} from|import) "\.\/(.+)";$/gm)) load(name ?? '');
	};
	for (const module of modules) {
		const name = new RegExp(`^${module}(-[A-Z0-9]{8})?\\.js$`);
		load(readdirSync(folder).find((file) => name.test(file)) ?? module);
	}
	return [...files.values()].join('\n');
}

const beforeTheFrame = ['main', 'program', 'console', 'run-console'] as const;

function packagesIn(text: string): ReadonlySet<string> {
	const names = text.matchAll(/^\/\/ .*node_modules\/((?:@[^/]+\/)?[^/]+)\//gm);
	return new Set([...names].map(([, name = '']) => name));
}

/** Of Node's own, those that take long to load. */
function heavyIn(text: string): readonly string[] {
	const heavy = /^import .* from "(?:node:)?(crypto|dns|http2?|https|net|sqlite|tls)(?:\/.*)?";$/gm;
	return [...text.matchAll(heavy)].map(([, name = '']) => name);
}

test('a command line is read with nothing but the package that reads it', () => {
	const text = loadedBy('main', 'program');
	assert.deepEqual([...packagesIn(text)], ['commander']);
	assert.deepEqual(heavyIn(text), []);
});

test('the first frame needs no schemas, buses, templates or clients', () => {
	const text = loadedBy(...beforeTheFrame);
	const packages = packagesIn(text);
	assert.ok(packages.has('ink') && packages.has('react-reconciler'));
	for (const name of ['zod', '@huggingface/jinja', '@nats-io/nats-core', 'nodemailer', 'twilio']) {
		assert.ok(!packages.has(name), name);
	}
	assert.deepEqual(heavyIn(text), []);
	assert.doesNotMatch(text, /^\/\/ dist\/(?:connectors|src\/(?:engine|formats|log|lab|store))\//m);
});

test('the engine tells of the configuration before it loads itself', () => {
	const text = loadedBy('engine-worker');
	assert.ok(packagesIn(text).has('zod'));
	assert.deepEqual(heavyIn(text), []);
	assert.doesNotMatch(text, /^\/\/ dist\/(?:connectors|src\/(?:actions|engine|formats|log))\//m);
});

test('packages that a frame may never ask start when they are asked', () => {
	const text = loadedBy(...beforeTheFrame);
	for (const name of ['yaml', 're2js', '@marcbachmann/cel-js']) {
		assert.ok(packagesIn(text).has(name), name);
		assert.ok(text.includes(`// when-used:${name}\n`), name);
	}
	assert.ok(text.includes('// width-from-table:string-width\n'));
});

for (const keymap of presetNames) {
	test(`the bundle binds the keys that the keymap ${keymap} says`, async (t) => {
		const home = tempFolder(t);
		const config = join(home, 'config.yaml');
		writeFileSync(config, `keymap: ${keymap}\n`);
		const env = { ...ownHome(home), EVENTCTL_CONFIG: config };
		const io = anIo(env);
		await keys([], {}, io);
		assert.match(io.out(), /move\.down/);
		const bundled = spawnSync(join(root, 'bin/eventctl'), ['keys'], { encoding: 'utf8', env });
		assert.equal(bundled.stdout, io.out());
	});
}
