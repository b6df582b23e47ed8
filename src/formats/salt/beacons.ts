import { brief, get, isMap, name, number, pairs, scalars } from '../values.ts';
import type { Teller } from './event.ts';

/** What minions notice about themselves. */
export const beacon: Teller = {
	summary({ tag, payload }) {
		const kind = tag.parts[3] ?? '';
		const say = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
		return brief(say?.(payload) ?? spoken(kind, payload));
	},
	blocks: ({ payload, ...event }) => [
		{ type: 'heading', text: beacon.summary({ payload, ...event }) },
		{ type: 'table', rows: shown(payload).map(([key, value]) => [name(key), value] as const) },
	],
};

/** How each known beacon puts its own data; undefined where the data is not what it should be. */
const kinds: Readonly<Record<string, (payload: unknown) => string | undefined>> = {
	memusage: (payload) => percent('memory', get(payload, 'memusage')),
	swapusage: (payload) => percent('swap', get(payload, 'swapusage')),
	diskusage: (payload) =>
		percent(brief(get(payload, 'mount') ?? 'disk'), get(payload, 'diskusage')),
	load: (payload) => {
		const averages = ['1m', '5m', '15m'].map((span) => [span, get(payload, span)] as const);
		const known = averages.filter(([, load]) => load !== undefined);
		return known.map(([span, load]) => `${span} avg ${brief(load)}`).join(', ') || undefined;
	},
	inotify: (payload) => changed(payload),
	watchdog: (payload) => changed(payload),
	ps: (payload) => listed(payload, (state) => brief(state).toLowerCase()),
	service: (payload) => listed(payload, runs),
	btmp: (payload) => login('failed login', payload),
	wtmp: (payload) => login(brief(get(payload, 'action') ?? 'login'), payload),
	log: (payload) => logged(payload, 'raw'),
	journald: (payload) => logged(payload, 'MESSAGE'),
};

function percent(what: string, value: unknown): string | undefined {
	const share = number(value);
	return share === undefined ? undefined : `${what} ${share}%`;
}

function changed(payload: unknown): string | undefined {
	const path = get(payload, 'path');
	const change = get(payload, 'change');
	if (path === undefined) return undefined;
	return `${brief(change ?? 'changed').replace(/^IN_/, '')} ${brief(path)}`;
}

function listed(payload: unknown, say: (state: unknown) => string | undefined): string | undefined {
	const lines = shown(payload).flatMap(([key, value]) => {
		const state = say(value);
		return state === undefined ? [] : [`${name(key)} ${state}`];
	});
	return lines.join(', ') || undefined;
}

function runs(state: unknown): string | undefined {
	const running = get(state, 'running');
	if (running === undefined) return undefined;
	return running === true ? 'runs' : 'does not run';
}

function login(what: string, payload: unknown): string | undefined {
	const user = get(payload, 'user');
	const from = get(payload, 'hostname') ?? get(payload, 'addr');
	if (user === undefined) return undefined;
	return `${what} of ${brief(user)}${from === undefined ? '' : ` from ${brief(from)}`}`;
}

function logged(payload: unknown, field: string): string | undefined {
	const line = get(payload, field);
	return line === undefined ? undefined : brief(line);
}

function spoken(kind: string, payload: unknown): string {
	const nested = shown(payload).filter(([, value]) => isMap(value) || Array.isArray(value));
	const rest = nested.map(([key, value]) => `${name(key)}: ${brief(value)}`).join(' ');
	return [kind, scalars(payload, isOurs), rest].filter((part) => part !== '').join(' ');
}

/** The beacon's own data, without what every beacon's event carries. */
function shown(payload: unknown): readonly (readonly [unknown, unknown])[] {
	return pairs(payload).filter(([key]) => !isOurs(name(key)));
}

function isOurs(key: string): boolean {
	return key === 'id' || key === '_stamp' || key === 'service_name';
}
