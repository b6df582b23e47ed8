import { fieldOf } from './field.ts';
import type { Histories } from './history.ts';
import type { Identity, Model, Size, TimeFormat } from './model.ts';
import type { Offer } from './prompt-state.ts';

/** Hides what only machines read; a chip like any other, so it is seen and can be dropped. */
export const noiseFilter = '-tag:__* -kind:sensor';

const noHistories: Histories = {
	filter: [],
	find: [],
	time: [],
	palette: [],
	tag: [],
	data: [],
	reject: [],
	note: [],
	silence: [],
	settle: [],
	audit: [],
	view: [],
};

export type Start = {
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly size: Size;
	readonly identity: Identity;
	readonly isAscii?: boolean;
	readonly timeFormat?: TimeFormat;
	readonly filter?: string;
	readonly histories?: Partial<Histories>;
	readonly offers?: readonly Offer[];
};

/** The model a console begins with: live, at the tail, nothing opened. */
export function startModel(start: Start): Model {
	return {
		now: start.now,
		startedAt: start.now,
		size: start.size,
		isAscii: start.isAscii ?? false,
		identity: start.identity,
		screen: 'live',
		pane: 'list',
		isZoomed: false,
		timeFormat: start.timeFormat ?? 'local',
		overlays: [],
		strokes: [],
		list: {
			view: 1,
			selection: 'tail',
			anchor: 'tail',
			pending: 0,
			height: 0,
			cell: 'who',
			marks: new Set(),
			isFolded: true,
		},
		filter: { text: start.filter ?? noiseFilter, isOff: false, back: [], forth: [] },
		detail: {
			mode: 'pretty',
			isWrapped: false,
			folds: new Map(),
			lines: [],
			cursor: 0,
			top: 0,
			height: 0,
		},
		fire: {
			tag: fieldOf(''),
			data: fieldOf(''),
			forward: false,
			at: 'tag',
			completions: [],
			picked: 0,
		},
		approvals: {
			list: [],
			runs: [],
			bySeq: new Map(),
			limits: new Map(),
			isStopped: false,
			queue: [],
			top: 0,
		},
		runs: { isFollowing: true, top: 0 },
		audit: { text: '', records: [] },
		rules: { list: [] },
		tags: { isOpen: false, askedAt: 0, tookMs: 0, tags: [], facets: [], folds: new Map() },
		bars: { bucketMs: 60_000, asked: 0 },
		views: [],
		marks: [],
		notices: [],
		attention: { focus: 'unknown', at: start.now },
		histories: {
			...noHistories,
			...start.histories,
		},
		offers: start.offers ?? [],
		requests: 0,
		outbox: [],
		isOver: false,
	};
}
