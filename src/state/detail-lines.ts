import type { Block, Check } from '../core/block.ts';
import { lookAlikes } from '../core/look-alike.ts';
import type { Mark } from '../core/respond-session.ts';
import type { Opened } from '../core/session.ts';
import type { DetailLine } from './detail-line.ts';
import type { DetailMode } from './detail-state.ts';
import {
	childLines,
	childrenOf,
	type Layout,
	pathOfEntry,
	pathWithin,
	valueLines,
} from './value-lines.ts';

type Folds = ReadonlyMap<string, boolean>;

/** The lines of an opened event in one of the four views. */
export function detailLines(
	opened: Opened,
	mode: DetailMode,
	folds: Folds,
	marks: readonly Mark[] = [],
): readonly DetailLine[] {
	if (opened.missing !== undefined) return [{ kind: 'text', text: opened.missing, tone: 'warn' }];
	if (mode === 'raw') return rawLines(opened.raw ?? new Uint8Array());
	if (mode === 'pretty') {
		return [...disguiseLines(opened), ...prettyLines(opened, folds), ...markLines(opened, marks)];
	}
	const layout = { folds, isFoldedAtFirst: () => false, hasClosings: mode === 'json' };
	const isNested = mode === 'yaml' && childrenOf(opened.data).length > 0;
	if (isNested) return childLines(opened.data, { depth: -1, path: [], name: '' }, layout);
	const root = { depth: 0, path: [], isItem: false, isLast: true, name: '' };
	return valueLines(opened.data, root, layout);
}

const bytesPerLine = 16;

function rawLines(raw: Uint8Array): DetailLine[] {
	const lines: DetailLine[] = [];
	for (let offset = 0; offset < raw.length; offset += bytesPerLine) {
		lines.push({ kind: 'raw', offset, bytes: raw.subarray(offset, offset + bytesPerLine) });
	}
	return lines;
}

function prettyLines(opened: Opened, folds: Folds): DetailLine[] {
	return (opened.blocks ?? []).flatMap((block, index) => {
		const lines = blockLines(block, index, opened, folds);
		return index === 0 || lines.length === 0 ? lines : [{ kind: 'blank' }, ...lines];
	});
}

/** Names whose letters are not what they seem, and which letters those are. */
function disguiseLines({ row }: Opened): DetailLine[] {
	if (!row || !('facts' in row)) return [];
	return lookAlikes(row.tag, row.facts).map(({ of, name, letters }) => {
		return { kind: 'text', text: `▲ ${of} ${name} holds ${letters}: no Latin letter`, tone: 'bad' };
	});
}

/** Who looks at it, and what was noted about it. */
function markLines({ seq, ref = '' }: Opened, marks: readonly Mark[]): DetailLine[] {
	const about = marks.filter(({ seqs, refs }) => seqs.includes(seq) || refs.includes(ref));
	const lines = about.map(({ kind, by, at, text }): DetailLine => {
		const says = kind === 'claim' ? `claimed by ${by}` : `note by ${by}: ${text}`;
		return { kind: 'text', text: `${at.slice(11, 16)} UTC ${says}`, tone: 'good' };
	});
	return lines.length === 0 ? [] : [{ kind: 'blank' }, ...lines];
}

function blockLines(block: Block, index: number, opened: Opened, folds: Folds): DetailLine[] {
	switch (block.type) {
		case 'heading': {
			const { text, right, tone = 'plain' } = block;
			return [{ kind: 'heading', text, tone, ...(right !== undefined && { right }) }];
		}
		case 'table':
			return block.rows.map(([key, value]) => pairLine(key, value, opened.data));
		case 'checks':
			return checksLines(block.checks, `checks${index}`, folds);
		case 'tree':
			return treeLines(block.label, block.value, opened.data, folds);
		case 'text':
			return block.text
				.split('\n')
				.map((text) => ({ kind: 'text', text, tone: block.tone ?? 'plain' }));
	}
}

function pairLine(key: string, value: unknown, data: unknown): DetailLine {
	const path = pathOfEntry(data, key, value);
	return { kind: 'pair', key, value, ...(path && { path }) };
}

/** Long containers below the first level start folded: what matters stands in the blocks above. */
function prettyLayout(folds: Folds): Layout {
	return {
		folds,
		isFoldedAtFirst: (value, depth) => depth > 0 && childrenOf(value).length > 8,
		hasClosings: false,
	};
}

function treeLines(label: string, value: unknown, data: unknown, folds: Folds): DetailLine[] {
	const name = `tree:${label}`;
	const isFolded = folds.get(name) ?? false;
	const own: DetailLine = { kind: 'label', label, value, fold: name, isFolded };
	if (isFolded) return [own];
	const path = pathWithin(data, value);
	const place = { depth: 0, name, ...(path && { path }) };
	return [own, ...childLines(value, place, prettyLayout(folds))];
}

function checksLines(checks: readonly Check[], name: string, folds: Folds): DetailLine[] {
	const bad = checks.filter(({ mark }) => mark !== 'ok');
	const good = checks.filter(({ mark }) => mark === 'ok');
	const lines = bad.flatMap((check, index) => checkLines(check, `${name}/bad/${index}`, folds));
	if (good.length === 0) return lines;
	const isFolded = folds.get(name) ?? true;
	lines.push({ kind: 'more', mark: 'ok', count: good.length, fold: name, isFolded });
	if (isFolded) return lines;
	return [...lines, ...good.flatMap((check, at) => checkLines(check, `${name}/ok/${at}`, folds))];
}

function checkLines(check: Check, name: string, folds: Folds): DetailLine[] {
	if (check.details === undefined) return [{ kind: 'check', check }];
	const isFolded = folds.get(name) ?? true;
	const own: DetailLine = { kind: 'check', check, fold: name, isFolded };
	if (isFolded) return [own];
	return [own, ...childLines(check.details, { depth: 1, name }, prettyLayout(folds))];
}
