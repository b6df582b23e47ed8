import { brief, get, list, size, text } from '../values.ts';
import type { Teller } from './event.ts';

/** Minions come, go, and show their keys. */

const acts: Readonly<Record<string, string>> = {
	accept: 'accepted',
	pend: 'waits to be accepted',
	reject: 'rejected',
	denied: 'denied: another minion has this name',
	full: 'refused: the master has too many minions',
	delete: 'deleted',
};

/** `salt/auth` and `salt/key`: what became of a minion's key. */
const key: Teller = {
	summary({ payload }) {
		const act = text(get(payload, 'act'));
		const outcome = (act !== undefined && Object.hasOwn(acts, act) ? acts[act] : act) ?? 'shown';
		const isRefused = get(payload, 'result') === false && act !== 'denied' && act !== 'full';
		return `key ${outcome}${isRefused ? ', not let in' : ''}`;
	},
};

const credentials: Teller = { summary: () => 'session credentials of the minion, hidden' };

const rotation: Teller = { summary: () => 'the master rotates its session key' };

const start: Teller = {
	summary({ tag, signer, payload }) {
		const who = tag.name.includes('syndic') ? 'syndic' : 'minion';
		const isForeign = tag.id !== undefined && signer !== undefined && tag.id !== signer;
		if (isForeign) return `claims that ${tag.id} started`;
		const grains = get(payload, 'grains');
		return grains === undefined ? `${who} started` : `${who} started: ${brief(grains)}`;
	},
};

const refresh: Teller = {
	summary: ({ tag }) =>
		tag.parts[0] === 'resource' ? 'resource cache refreshed' : 'data cache refreshed',
};

const presence: Teller = {
	who: ({ payload }) => text(list(get(payload, 'lost'))[0]) ?? text(list(get(payload, 'new'))[0]),
	summary({ payload }) {
		const present = get(payload, 'present');
		if (present !== undefined) return `${size(present)} present: ${brief(present)}`;
		const changes = (['lost', 'new'] as const)
			.map((what) => [what, get(payload, what)] as const)
			.filter(([, minions]) => size(minions) > 0)
			.map(
				([what, minions]) =>
					`${what}: ${list(minions)
						.map((id) => brief(id))
						.join(', ')}`,
			);
		return brief(changes.join(' · ') || 'nobody came or went');
	},
};

const client: Teller = {
	summary: ({ tag }) => (tag.parts[2] === 'exit' ? 'a client left' : 'a client connected'),
};

export const minionTellers = { key, credentials, rotation, start, refresh, presence, client };
