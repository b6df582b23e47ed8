import { blank, cell, type Line, padded, type Tone } from './cell.ts';
import { spread } from './line.ts';
import { grouped } from './number.ts';

export type BarsFacts = {
	readonly bars: Readonly<Record<'crit' | 'err' | 'warn', readonly number[]>>;
	/** When the first bar begins and the last one ends: `02:52`. */
	readonly from: string;
	readonly to: string;
};

const tones = { crit: 'bad', err: 'bad', warn: 'warn' } as const satisfies Record<string, Tone>;
const names = ['crit', 'err', 'warn'] as const;
/** From so many columns on the sums stand beside the bars. */
const TOTALS_FROM = 100;
const TOTAL = 4;
/** From nothing to the most of all three. */
const levels = ['▁', '▂', '▃', '▅', '▇'] as const;

/** ` crit ▁▁▁▇▂ 14   err ▁▂▁▁▃ 311  warn ▁▂▂▁▁ 879   02:52→03:07 ` */
export function barsLine({ bars, from, to }: BarsFacts, columns: number): Line {
	const hasTotals = columns >= TOTALS_FROM;
	const parts = names.flatMap((name) => seriesCells(name, bars[name], hasTotals));
	// An arrow of ASCII takes one of the blanks.
	return spread(parts, [cell(`${from}→${to}`, 'muted'), blank(2)], columns);
}

/** Each series has its own measure: one critical event is more to see than a thousand warnings are. */
function seriesCells(name: keyof typeof tones, counts: readonly number[], hasTotal: boolean): Line {
	const most = Math.max(1, ...counts);
	const total = counts.reduce((sum, count) => sum + count, 0);
	const tone = total > 0 ? tones[name] : 'muted';
	const text = counts.map((count) => levels[Math.ceil((count / most) * 4)] ?? '▇').join('');
	const number = hasTotal ? padded(cell(briefly(total), tone), TOTAL) : [];
	return [cell(` ${name} `, 'muted'), cell(text, tone), blank(1), ...number];
}

/** In at most four columns: `14`, `879`, `12k`, `>1M`. */
function briefly(count: number): string {
	if (count < 1000) return grouped(count);
	return count < 1_000_000 ? `${Math.floor(count / 1000)}k` : '>1M';
}
