import assert from 'node:assert/strict';
import type { Decoded } from '../../src/core/criterion.ts';
import { problemText } from '../../src/core/file-problem.ts';
import type { Catalog } from '../../src/rules/catalog.ts';
import { type CompiledRules, compileRules } from '../../src/rules/compile-rules.ts';
import type { Book, BookSetup } from '../../src/rules/rule-book.ts';
import { aRow } from './events.ts';
import type { DecodedRow } from './oracle.ts';

export const catalog: Catalog = {
	actions: ['k8s.isolate-pod', 'k8s.delete-pod', 'restart-web'],
	playbooks: ['contain-host'],
	destinations: ['oncall-sms', 'team-slack'],
};

export const now = Date.parse('2026-11-21T03:06:12Z');

/** The rules of a YAML text, as a file called rules.yaml. */
export function compiled(text: string, setup: BookSetup = { elapsedMs: () => 0 }): CompiledRules {
	return compileRules([{ path: 'rules.yaml', text }], catalog, now, setup);
}

/** A book of rules that must all be right. */
export function aBook(text: string, setup?: BookSetup): Book {
	const { book, problems } = compiled(text, setup);
	assert.deepEqual(problems.filter(({ isWarning }) => !isWarning).map(problemText), []);
	return book;
}

/** A shell in a container, as Falco tells it. */
export function aShell(about: Partial<DecodedRow> & { readonly fields?: object } = {}): Decoded {
	const all = {
		'k8s.ns.name': 'payments',
		'k8s.pod.name': 'pay-7d9f',
		'evt.time': 1_786_000_000_120_394_857n,
		'proc.cmdline': 'bash -i',
		...about.fields,
	};
	const fields = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
	const row = aRow({
		source: 'falco',
		format: 'falco',
		severity: 2,
		tag: 'falco/Terminal shell in container',
		isTransportTag: false,
		data: { rule: 'Terminal shell in container', output_fields: fields },
		body: Buffer.from(JSON.stringify({ rule: 'Terminal shell in container' })),
		facts: {
			who: 'web12/payments',
			summary: 'bash -i',
			host: 'web12',
			ns: 'payments',
			pod: 'pay-7d9f',
			rule: 'Terminal shell in container',
			ids: ['pay-7d9f'],
		},
		...about,
		fields,
	});
	return { ...row, kind: 'event' };
}
