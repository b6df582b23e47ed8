import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as registry from '../../connectors/registry.ts';
import { parseYaml } from '../../src/codec/yaml.ts';
import { schema } from '../../src/config/schema.ts';
import { sourceOfText } from '../../src/config/source-text.ts';
import { sourcesFor } from '../../src/config/sources.ts';
import type { Connector } from '../../src/core/connector.ts';
import { testFile } from '../support/files.ts';

const page = testFile('../docs/connectors.md').toString();
const connectors: readonly Connector[] = Object.values(registry);
const nowhere = {
	env: {},
	stdinIsPiped: false,
	read: async () => undefined,
	list: async () => undefined,
	exists: async () => false,
};

test('every source of the page’s configuration is one its connector takes', async () => {
	const [, text = ''] = /```yaml\n([^`]*)```/u.exec(page) ?? [];
	const config = schema.parse(parseYaml(text));
	const ready = await sourcesFor([], config, connectors, nowhere);
	const kinds = new Set(ready.map(({ connector }) => connector.kind));
	const all = connectors.map(({ kind }) => kind).filter((kind) => kind !== 'tls');
	assert.deepEqual([...kinds].sort(), all.sort());
});

test('every source that the page names by hand can be meant', () => {
	const [, table = ''] = /## By hand\n([\s\S]*?)\n## /u.exec(page) ?? [];
	const texts = [...table.matchAll(/`(\w+:[^`\s]+)`/gu)].map(([, text = '']) => text);
	assert.ok(texts.length >= 12, `${texts.length} sources`);
	for (const text of texts) {
		const { kind, raw } = sourceOfText(text, connectors);
		connectors.find((connector) => connector.kind === kind)?.parse(raw);
	}
});
