import { bucketSizes } from '../bars-state.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { sent } from '../request.ts';

/** How often what is severe happened lately, under the filter. */
export function bars(model: Model, message: Message): Model {
	switch (message.type) {
		case 'bucket.changed':
			return { ...model, bars: { ...model.bars, bucketMs: bucketBeside(model, message.by) } };
		case 'bars': {
			const { request, ...rest } = model.bars;
			if (request?.id !== message.id) return model;
			const { from } = request;
			return { ...model, bars: { ...rest, shown: { ...message, from } } };
		}
		default:
			return model;
	}
}

/** The length of bars one step shorter (-1) or longer; the same where there is none. */
export function bucketBeside({ bars }: Model, by: 1 | -1): number {
	const at = bucketSizes.indexOf(bars.bucketMs) + by;
	return bucketSizes[at] ?? bars.bucketMs;
}

/** Three names, blanks and the times at both ends; from `roomyFrom` columns on also how many there were. */
const [words, totals, roomyFrom] = [39, 15, 100] as const;

/** How many bars of each severity have room on a line. */
export function barCount({ size: { columns } }: Model): number {
	return Math.floor((columns - words - (columns >= roomyFrom ? totals : 0)) / 3);
}

/** They are asked for anew with every beat of the engine, at once where they shall be longer or shorter. */
export function barred(before: Model, after: Model): Model {
	const isBeat = before.counts !== after.counts && after.bars.request === undefined;
	const isOther = before.bars.bucketMs !== after.bars.bucketMs;
	if ((!isBeat && !isOther) || after.list.height === 0) return after;
	const { bucketMs } = after.bars;
	const count = barCount(after);
	const from = (Math.floor(after.now / bucketMs) + 1 - count) * bucketMs;
	const id = after.bars.asked + 1;
	const asked = sent(after, { type: 'bars.wanted', id, from, bucketMs, count });
	return { ...asked, bars: { ...asked.bars, asked: id, request: { id, from } } };
}
