import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { Redactor } from '../../src/core/redact.ts';
import { aProposal, aStep } from '../support/a-step.ts';
import { aStore, put } from '../support/a-store.ts';
import { olga } from '../support/an-approval.ts';
import { anIo } from '../support/an-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Where a secret may come from, and what it is. Those of the first four kinds are known by nothing but their looks or place. */
const canaries = {
	seed: `SU${'CANARY2SEED3'.repeat(5).slice(0, 56)}`,
	header: 'canary-header-0123456789',
	url: 'canary-url',
	event: 'canary-event',
	config: 'canary config "quoted"',
	environment: 'canary/environment+1',
	output: 'canary-output-of-a-run',
	prompt: 'canary-prompt-line-1\ncanary-prompt-line-2',
} as const;

/** All of them, each as it would come, and as encoders would have it. */
const told = [
	canaries.seed,
	`Authorization: Bearer ${canaries.header}`,
	`https://user:${canaries.url}@host/path`,
	...[canaries.config, canaries.environment, canaries.output, canaries.prompt].flatMap((canary) => [
		canary,
		encodeURIComponent(canary),
		Buffer.from(`user:${canary}`).toString('base64'),
	]),
].join(' and ');

test('no secret reaches the store, its journal, what a run printed, or an export', async (t) => {
	const folder = tempFolder(t);
	const redact = new Redactor({ paths: ['data.password'] });
	for (const known of ['config', 'environment', 'output', 'prompt'] as const) {
		redact.learn(canaries[known]);
	}
	const data = join(folder, 'data');
	const store = await aStore(t, data, { redact });
	const event = { data: { password: canaries.event, list: [told], [told]: 1 } };
	await put(store, aProposal({ blast: [told], evidence: [{ ref: told, says: told }] }));
	const actor = { ...olga, name: told, from: told };
	await put(store, aStep('approve', { rev: 2, actor, detail: { reason: told } }));
	await put(store, aStep('fire', { id: 'F-0001', detail: event }));
	for (const letter of told) store.outputs.write('R-0097', 0, 'out', letter);
	store.outputs.end('R-0097');

	const sinks = new Map([
		...filesIn(data),
		...(await printed(folder, data)),
		['read output', JSON.stringify(await store.outputs.read('R-0097'))] as const,
	]);
	assert.equal(sinks.size, 9);
	for (const [sink, text] of sinks) {
		for (const [kind, canary] of Object.entries(canaries)) {
			for (const shown of spellings(canary)) assert.ok(!text.includes(shown), `${kind} in ${sink}`);
		}
	}
	assert.ok(
		filesIn(data).some(([, text]) => text.includes('isolate-pod')),
		'something is kept',
	);
});

function spellings(canary: string): readonly string[] {
	const inner = Buffer.from(`user:${canary}`).toString('base64').slice(8, -4);
	return [...canary.split('\n'), encodeURIComponent(canary), inner];
}

function filesIn(folder: string): readonly (readonly [string, string])[] {
	return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'latin1')]);
}

async function printed(
	home: string,
	data: string,
): Promise<readonly (readonly [string, string])[]> {
	const config = join(home, 'config.yaml');
	writeFileSync(config, `store: { path: ${data} }\n`);
	const forms = ['text', 'json', 'jsonl', 'csv'];
	return Promise.all(
		forms.map(async (form) => {
			const io = anIo({ HOME: home, EVENTCTL_CONFIG: config });
			assert.equal(await main(['audit', '-o', form], io), 0);
			return [`audit -o ${form}`, io.out()] as const;
		}),
	);
}
