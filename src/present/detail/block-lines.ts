import { span } from '../../core/ago.ts';
import type { Check } from '../../core/block.ts';
import { safeText } from '../../core/safe-text.ts';
import { atMost, blank, cell, fit, type Line, type Tone } from '../cell.ts';
import { spread, widthOf } from '../line.ts';
import { grouped } from '../number.ts';
import { hanging } from '../wrap.ts';
import { type DetailLook, laid } from './laid.ts';
import { foldCell, type ValueFacts } from './value-line.ts';

type Foldable = Pick<ValueFacts, 'fold' | 'isFolded'>;

const marks = {
	failed: { mark: '✗', tone: 'bad' },
	changed: { mark: '±', tone: 'warn' },
	pending: { mark: '·', tone: 'muted' },
	ok: { mark: '✓', tone: 'good' },
} as const satisfies Record<Check['mark'], { mark: string; tone: Tone }>;

const FUN_WIDTH = 16;
const REASON_INDENT = 5;

/**
 * What came out of one of several deeds: ` ✗ file.managed  /etc/nginx/nginx.conf  Source file not found   412 ms `.
 * A reason that has no room beside it stands below: it is what one looks for.
 */
export function checkLine(
	line: Foldable & { readonly check: Check },
	look: DetailLook,
): readonly Line[] {
	const { check } = line;
	const took = cell(
		check.durationMs === undefined ? '' : ` ${tookWords(check.durationMs)} `,
		'muted',
	);
	const head = checkHead(line, look.columns);
	const room = look.columns - widthOf(head) - took.width;
	const beside = atMost(check.comment, room, check.mark === 'ok' ? 'muted' : 'plain');
	const isWhole = beside.text === safeText(check.comment);
	if (isWhole || check.mark === 'ok') return [spread([...head, beside], [took], look.columns)];
	return [
		spread(head, [took], look.columns),
		...hanging([blank(REASON_INDENT)], check.comment, 'plain', look.columns - 1),
	];
}

function checkHead(line: Foldable & { readonly check: Check }, columns: number): Line {
	const { mark, tone } = marks[line.check.mark];
	return [
		blank(1),
		foldCell(line),
		cell(`${mark} `, tone),
		...fit(line.check.fun, FUN_WIDTH),
		blank(1),
		...fit(line.check.name, Math.max(12, Math.floor(columns * 0.3)), 'accent'),
		blank(1),
	];
}

function tookWords(ms: number): string {
	return ms < 1000 ? `${Math.round(ms)} ms` : span(ms);
}

/** Those that went well, in one line: `▸ ✓ 41 more`. */
export function moreLine(
	line: Foldable & { readonly mark: Check['mark']; readonly count: number },
): Line {
	const { mark, tone } = marks[line.mark];
	return [blank(1), foldCell(line), cell(`${mark} `, tone), cell(`${grouped(line.count)} more`)];
}

export function headingLine(
	{
		text,
		right = '',
		tone,
	}: { readonly text: string; readonly right?: string; readonly tone: Tone },
	{ columns }: DetailLook,
): Line {
	const wanted = atMost(text, Math.floor(columns / 2)).width;
	const end =
		right === '' ? [] : [blank(2), atMost(right, columns - wanted - 4, 'muted'), blank(1)];
	return spread([blank(1), atMost(text, columns - 1 - widthOf(end), tone)], end, columns);
}

/** What a tree or a table is called. */
export function labelLine(
	line: Foldable & { readonly label: string },
	{ columns }: DetailLook,
): Line {
	return [blank(1), foldCell(line), atMost(line.label, columns - 3, 'accent')];
}

export function textLines(
	{ text, tone }: { readonly text: string; readonly tone: Tone },
	look: DetailLook,
): readonly Line[] {
	return laid([blank(1)], { value: text, tone }, look);
}
