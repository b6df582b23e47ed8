import type { Link } from '../core/link.ts';

/** A link's state in words; its reason may quote hostile text. */
export function wordsOf(link: Link): string {
	switch (link.kind) {
		case 'connecting':
			return 'connecting';
		case 'live':
			return 'live';
		case 'catching-up':
			return `catching up, ${link.behind} events behind`;
		case 'stale':
			return 'connected, and silent';
		case 'waiting':
			return `not connected: ${link.reason}; trying again`;
		case 'down':
			return `ended: ${link.reason}`;
	}
}
