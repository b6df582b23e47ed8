import {
	brief,
	get,
	isMap,
	list,
	name,
	number,
	pairs,
	scalars,
	size,
	text,
	word,
} from '../values.ts';
import type { Teller } from './event.ts';

/** What the master, its helpers and the minion's own bus say. */

const fileserver: Teller = {
	who: ({ payload, tag }) => text(get(payload, 'backend')) ?? tag.parts[2],
	summary({ payload }) {
		if (get(payload, 'changed') === false) return 'files unchanged';
		const changes = pairs(get(payload, 'files')).map(
			([what, files]) => `${brief(what)} ${size(files)}`,
		);
		return changes.length > 0 ? `files: ${changes.join(', ')}` : 'files changed';
	},
};

const stats: Teller = {
	who: ({ tag }) => tag.parts[2],
	summary({ payload }) {
		const kinds = pairs(get(payload, 'stats'));
		const calls = kinds.map(
			([command, sum]) => `${brief(command)} ${brief(get(sum, 'runs') ?? '?')}`,
		);
		const time = number(get(payload, 'time'))?.toFixed(1) ?? '?';
		return brief(`in ${time} s: ${calls.join(', ')}`);
	},
};

const cloud: Teller = {
	who: ({ tag }) => tag.parts[2],
	summary({ tag, payload }) {
		const event = text(get(payload, 'event')) ?? tag.parts[3] ?? '';
		const from = ['profile', 'provider'].map((key) => word(get(payload, key)));
		const known = from.filter((part) => part !== undefined);
		return brief(known.length > 0 ? `${event} (${known.join(', ')})` : event);
	},
};

/** A webhook's request, as it came: hostile in every part. */
const hook: Teller = {
	summary({ payload }) {
		const sent = ['post', 'body', 'get'].map((key) => get(payload, key));
		const full = sent.find((part) => (isMap(part) ? size(part) > 0 : text(part) !== undefined));
		return isMap(full) ? brief(full) : brief(full ?? 'empty request');
	},
};

const reactors: Teller = { summary: ({ tag }) => `reactors: ${tag.parts.slice(3).join('/')}` };

/** On the minion's bus: what the minion is asked to hand to its master. */
const forward: Teller = {
	summary({ payload }) {
		const events = list(get(payload, 'events'));
		const tags =
			events.length > 0 ? events.map((event) => get(event, 'tag')) : [get(payload, 'tag')];
		return brief(`for the master: ${tags.map((tag) => brief(tag ?? '?')).join(', ')}`);
	},
};

/** On the minion's bus: the minion's own machinery, which repeats what follows on the master's. */
const internal: Teller = {
	summary({ payload }) {
		const command = text(get(payload, 'cmd'));
		const fun = text(get(payload, 'fun'));
		const job = [command, fun].filter((part) => part !== undefined).join(' ');
		return job !== '' ? job : said(payload);
	},
};

/** Whatever its author sent. */
const custom: Teller = {
	summary: ({ payload }) => said(payload),
};

function said(payload: unknown): string {
	if (!isMap(payload)) return brief(payload ?? null);
	const own = pairs(payload).filter(([key]) => !isMachinery(name(key)));
	return scalars(payload, isMachinery) || brief(new Map(own));
}

/** Keys that Salt's own clients add to what they were given. */
function isMachinery(key: string): boolean {
	return key === '_stamp' || key.startsWith('__pub_');
}

export const masterTellers = {
	fileserver,
	stats,
	cloud,
	hook,
	reactors,
	forward,
	internal,
	custom,
};
