import type { SourceState } from '../core/session.ts';
import { type Part, partsOf } from '../filter/parts.ts';
import type { Model } from './model.ts';
import type { Notice } from './notice.ts';
import { silencesInForce, viewFilter } from './silence.ts';

export type Chip = Pick<Part, 'text' | 'isNegated' | 'reads'> & { readonly isOn: boolean };

/** The filter as chips, then what is silenced; while the filter is off its chips stay, not on. */
export function chips(model: Model): readonly Chip[] {
	const { filter } = model;
	const isOn = !filter.isOff;
	const own = partsOf(filter.text).map(({ text, isNegated, reads }) => ({
		text,
		isNegated,
		isOn,
		...(reads && { reads }),
	}));
	const silences = silencesInForce(model).map((text) => {
		return { text: `silenced ${text}`, isNegated: true, isOn };
	});
	return [...own, ...silences];
}

export type Matches = {
	readonly matched: number;
	readonly held: number;
	/** False while the count still grows: say `≥`. */
	readonly isComplete: boolean;
};

/** How much of the buffer the filter lets through; undefined until this view's first window is here. */
export function matches({ list, counts }: Model): Matches | undefined {
	const { window } = list;
	if (window?.view !== list.view) return undefined;
	const { matched, isComplete } = window;
	return { matched, isComplete, held: Math.max(window.held, counts?.held ?? 0) };
}

export type PausedStrip = {
	/** When the list stopped following, milliseconds since the epoch. */
	readonly at: number;
	readonly below: number;
	readonly criticalBelow: number;
};

/** What arrived unseen since the list stopped following; undefined while it follows. */
export function pausedStrip({ list, now }: Model): PausedStrip | undefined {
	if (list.selection === 'tail') return undefined;
	const { below = 0, criticalBelow = 0 } = list.window ?? {};
	return { at: list.paused?.at ?? now, below, criticalBelow };
}

/** A count this old means that the engine, not the bus, is silent. */
const engineSilenceMs = 3000;
const lagMs = 5000;
const silenceMs = 60_000;

/** Sentences on how far what is shown lies behind what is; none while everything is fresh. */
export function staleness(model: Model): readonly string[] {
	const { counts, now, startedAt } = model;
	const engineMs = now - (counts?.at ?? startedAt);
	if (engineMs > engineSilenceMs) return [`the screen is ${duration(engineMs)} behind`];
	const sources = counts?.sources ?? [];
	const lagging = sources.filter(({ behindMs = 0 }) => behindMs > lagMs);
	const behind = lagging.map(({ name, behindMs = 0 }) => `${name} ${duration(behindMs)} behind`);
	return [...fallen(model), ...droppedAbove(model), ...behind, ...silence(sources, now)];
}

/** What was critical and fell before anybody saw it is told until it is looked at, and what had no room for good. */
function fallen({ list: { window }, counts }: Model): readonly string[] {
	const kept = window?.fallen ?? 0;
	const isInSight = window?.rows.some(({ seq }) => seq < window.first) ?? false;
	const lost = counts?.unkept ?? 0;
	return [
		...(kept > 0 && !isInSight ? [`${kept} CRIT older than the buffer: above all`] : []),
		...(lost > 0 ? [`${lost} CRIT lost unseen`] : []),
	];
}

/** A list that stands still says when what stood above its window has fallen out of the buffer. */
function droppedAbove({ list: { paused, window } }: Model): readonly string[] {
	const top = window?.rows[0];
	if (!paused || !window || !top || window.first <= top.seq) return [];
	return [`${window.first - paused.oldest} older dropped`];
}

function silence(sources: readonly SourceState[], now: number): readonly string[] {
	const times = sources.flatMap(({ lastAt }) => (lastAt === undefined ? [] : [lastAt]));
	if (times.length === 0) return [];
	const ageMs = now - Math.max(...times);
	return ageMs > silenceMs ? [`last event ${duration(ageMs)} ago`] : [];
}

/** A length of time in its largest whole unit: `12 s`, `4 min`, `3 h`, `2 d`. */
function duration(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	if (seconds < 60) return `${seconds} s`;
	if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
	return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

export type Empty = {
	/** Words, or how many are held of which the filter shows none. */
	readonly why: string | number;
	/** The command that would help; its key is the keymap's. */
	readonly command?: string;
	/** What pressing it does: `shows all`. */
	readonly help?: string;
};

/** Why the list is empty, and what to press; undefined where it is not. */
export function emptyReason(model: Model): Empty | undefined {
	const { list, counts } = model;
	if (list.window && list.window.rows.length > 0) return undefined;
	if (!counts) return { why: 'starting' };
	const held = matches(model)?.held ?? counts.held;
	if (held > 0 && viewFilter(model) !== '') return emptyByFilter(model, held);
	return emptyBySources(counts.sources);
}

function emptyByFilter({ list, filter }: Model, held: number): Empty {
	if (list.window?.view !== list.view || !list.window.isComplete) return { why: 'looking' };
	if (filter.preview !== undefined) return { why: held };
	return { why: held, command: 'filter.toggle', help: 'shows all' };
}

/** Something may come by itself. */
const attached: ReadonlySet<string> = new Set(['live', 'catching-up', 'stale']);

function emptyBySources(sources: readonly SourceState[]): Empty {
	if (sources.length === 0) {
		const why = 'no source is open: -s or config.yaml names one';
		return { why, command: 'screen.approvals', help: 'shows what waits for a yes' };
	}
	const isLive = sources.some(({ link }) => attached.has(link.kind));
	if (isLive) return { why: 'nothing has come yet' };
	return { why: 'no source is connected', command: 'screen.sources', help: 'says why' };
}

const noticeMs = { muted: 4000, good: 6000, warn: 10_000, bad: 20_000 } as const;

/** The newest notice, for as long as it is news. */
export function noticeInForce({ notices, now }: Model): Notice | undefined {
	const notice = notices.at(-1);
	return notice && now - notice.at < noticeMs[notice.tone] ? notice : undefined;
}
