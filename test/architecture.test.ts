import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from './support/files.ts';

/** Which room may import which; `npm:` names are packages. Drawn in docs/architecture.md. */
const rooms: Record<string, readonly string[]> = {
	'src/core': [],
	'src/codec': ['src/core', 'npm:@msgpack/msgpack', 'npm:yaml'],
	'src/config': ['src/core', 'src/codec', 'npm:zod'],
	'src/log': ['src/core'],
	'src/formats': ['src/core', 'src/codec'],
	'src/filter': ['src/core', 'npm:re2js', 'npm:@marcbachmann/cel-js'],
	'src/template': ['src/core', 'npm:@huggingface/jinja'],
	'src/rules': ['src/core', 'src/codec', 'src/filter', 'src/template', 'npm:zod'],
	'src/playbooks': ['src/core', 'src/codec', 'src/filter', 'src/template', 'npm:zod'],
	'src/actions': [
		'src/core',
		'src/codec',
		'npm:zod',
		'npm:@kubernetes/client-node',
		'npm:nodemailer',
		'npm:twilio',
	],
	'src/store': ['src/core', 'src/codec', 'npm:zod'],
	'src/engine': [
		'src/core',
		'src/codec',
		'src/log',
		'src/formats',
		'src/filter',
		'src/rules',
		'src/playbooks',
	],
	'src/state': ['src/core', 'src/filter', 'npm:fuse.js'],
	'src/present': ['src/core', 'src/codec'],
	'src/commands': ['src/core', 'src/codec', 'src/state', 'src/filter'],
	'src/keys': ['src/core', 'src/codec', 'src/commands', 'src/state'],
	'src/lab': ['src/core', 'src/codec', 'connectors/wire'],
	'src/cli': ['*'],
	connectors: [
		'src/core',
		'src/codec',
		'connectors/wire',
		'npm:zod',
		'npm:nats',
		'npm:@nats-io/jetstream',
		'npm:zeromq',
	],
	'connectors/wire': ['src/core', 'src/codec'],
	components: [
		'src/core',
		'src/commands',
		'src/keys',
		'src/state',
		'src/present',
		'npm:ink',
		'npm:react',
		'npm:fuse.js',
		'npm:chalk',
	],
};

function roomOf(path: string): string | undefined {
	return Object.keys(rooms)
		.filter((room) => path.startsWith(`${room}/`))
		.sort((a, b) => b.length - a.length)[0];
}

function importsOf(file: string): string[] {
	const source = readFileSync(`${root}${file}`, 'utf8');
	const pattern =
		/(?:^|\s)(?:import|export)\s[^'";]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^import\s+'([^']+)'/gm;
	return [...source.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function target(file: string, specifier: string): string | undefined {
	if (specifier.startsWith('node:') || specifier.startsWith('#')) return undefined;
	if (!specifier.startsWith('.')) {
		const [scope, name] = specifier.split('/');
		return `npm:${scope?.startsWith('@') ? `${scope}/${name}` : scope}`;
	}
	return roomOf(new URL(specifier, `file:///${file}`).pathname.slice(1));
}

test('every room imports only what the table allows', () => {
	const strays: string[] = [];
	for (const file of globSync('{src,components,connectors}/**/*.{ts,tsx}', { cwd: root }).sort()) {
		const room = roomOf(file);
		assert.ok(room, `${file} is in no room of the table`);
		for (const specifier of importsOf(file)) {
			const to = target(file, specifier);
			if (to === undefined || to === room) continue;
			const allowed = rooms[room] ?? [];
			if (!allowed.includes('*') && !allowed.includes(to)) strays.push(`${file} imports ${to}`);
			if (to === 'src/cli') strays.push(`${file} imports src/cli`);
		}
	}
	assert.deepEqual(strays, []);
});

test('nothing in src imports ink or react, but the verb that shows the console', () => {
	for (const file of globSync('src/**/*.ts', { cwd: root })) {
		const heavy = importsOf(file).filter((name) => name === 'ink' || name === 'react');
		assert.deepEqual(heavy, [], file);
	}
});
