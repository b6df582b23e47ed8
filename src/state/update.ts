import { asked } from './asked.ts';
import { consequences } from './consequences.ts';
import type { Effect } from './effect.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { approvals } from './slices/approvals.ts';
import { attention } from './slices/attention.ts';
import { audit } from './slices/audit.ts';
import { bars } from './slices/bars.ts';
import { consent } from './slices/consent.ts';
import { deeds } from './slices/deeds.ts';
import { detail } from './slices/detail.ts';
import { filter } from './slices/filter.ts';
import { fire } from './slices/fire.ts';
import { gaze } from './slices/gaze.ts';
import { histories } from './slices/histories.ts';
import { list } from './slices/list.ts';
import { marks } from './slices/marks.ts';
import { notices } from './slices/notices.ts';
import { overlays } from './slices/overlays.ts';
import { reading } from './slices/reading.ts';
import { rules } from './slices/rules.ts';
import { runs } from './slices/runs.ts';
import { screen } from './slices/screen.ts';
import { seek } from './slices/seek.ts';
import { sources } from './slices/sources.ts';
import { tags } from './slices/tags.ts';
import { typing } from './slices/typing.ts';
import { views } from './slices/views.ts';
import { wants } from './wants.ts';

export type Step = { readonly model: Model; readonly effects: readonly Effect[] };

/** Each hears every message and answers for its own part of the model. */
const slices = [
	list,
	filter,
	detail,
	histories,
	seek,
	fire,
	typing,
	sources,
	reading,
	consent,
	deeds,
	approvals,
	runs,
	audit,
	rules,
	marks,
	tags,
	bars,
	views,
	gaze,
	attention,
	screen,
	notices,
	overlays,
];

/** The model after a fact, and what follows from it for the outside. Pure. */
export function update(model: Model, message: Message): Step {
	const before = model.outbox.length === 0 ? model : { ...model, outbox: [] };
	const heard = slices.reduce((heard, slice) => slice(heard, message), before);
	const after = consequences(before, heard);
	return { model: after, effects: [...asked(before, message), ...wants(before, after)] };
}
