import type { Actor } from '../core/approval.ts';

/** What the engine does by itself: it expires, it loses, it counts; above T1 it never approves. */
export const engineActor: Actor = { id: 'engine', name: 'eventctl' };

export function ruleActor(rule: string): Actor {
	return { id: `rule:${rule}`, name: rule };
}
