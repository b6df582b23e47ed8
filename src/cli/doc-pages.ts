import * as registry from '../../connectors/registry.ts';
import * as actions from '../actions/registry.ts';
import type { Action } from '../core/action.ts';
import type { Connector } from '../core/connector.ts';
import { failures } from '../core/errors.ts';
import { knownKeys } from '../filter/known-keys.ts';
import { describe } from '../keys/describe.ts';
import { loadKeymap } from '../keys/load.ts';

/** A page of which a part is written from the code. */
export type Page = { readonly name: string; write(): string | Promise<string> };

export const pages: readonly Page[] = [
	{ name: 'actions.md', write: actionTable },
	{ name: 'connectors.md', write: connectorTable },
	{ name: 'errors.md', write: errorTable },
	{ name: 'filter.md', write: fieldTable },
	{ name: 'keys.md', write: keyTables },
];

function actionTable(): string {
	const all: readonly Action[] = Object.values(actions);
	const sorted = [...all].sort((one, other) => (one.kind < other.kind ? -1 : 1));
	const rows = sorted.map(({ kind, title, tier, inverse, letter }) => [
		`\`${kind}\``,
		title,
		`T${tier}`,
		inverse ? `\`${inverse}\`` : '–',
		letter ? `\`x ${letter}\`` : '–',
	]);
	const examples = sorted.map(({ kind, example }) => `## ${kind}\n\n${yamlBlock(example)}`);
	return [table(['Kind', 'Does', 'Tier', 'Undone by', 'Keys'], rows), ...examples].join('\n');
}

function yamlBlock(text: string): string {
	return `\`\`\`yaml\n${text.trim()}\n\`\`\`\n`;
}

function errorTable(): string {
	const rows = Object.entries(failures).map(([code, { exit, means }]) => [code, `${exit}`, means]);
	return table(['Code', 'Exit', 'Means'], rows);
}

function connectorTable(): string {
	const all: readonly Connector[] = Object.values(registry);
	const rows = all.map(({ kind, title, formats, fire, discover }) => [
		`\`${kind}\``,
		title,
		formats.length > 0 ? formats.join(', ') : 'recognised per message',
		fire ? 'yes' : '–',
		discover ? 'yes' : '–',
	]);
	return table(['Kind', 'What it reads', 'Format', 'Fires', 'Found by itself'], rows);
}

function fieldTable(): string {
	const rows = knownKeys.map(({ key, explains, example }) => [
		`\`${key}\``,
		explains,
		`\`${example}\``,
	]);
	return table(['Key', 'Is', 'Example'], rows);
}

/** A backtick stands between two of them. */
function codeOf(key: string): string {
	return key.includes('`') ? `\`\` ${key} \`\`` : `\`${key}\``;
}

function keyTables(): string {
	const contexts = Map.groupBy(describe(loadKeymap()), ({ context }) => context);
	const sections = [...contexts].map(([context, lines]) => {
		const rows = lines.map(({ keys, command }) => [
			keys.map(codeOf).join(' '),
			command.title,
			`\`${command.id}\``,
		]);
		return `## ${context}\n\n${table(['Keys', 'Do', 'Command'], rows)}`;
	});
	return sections.join('\n');
}

/** A Markdown table with its columns in line. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
	const widths = head.map((_, at) => Math.max(...cells.map((row) => widthOf(row[at] ?? ''))));
	const lines = cells.map((row) =>
		row.map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell))).join(' | '),
	);
	const rule = widths.map((width) => '-'.repeat(width)).join(' | ');
	return [lines[0], rule, ...lines.slice(1)].map((line) => `| ${line} |\n`).join('');
}

function widthOf(cell: string): number {
	return Array.from(cell).length;
}
