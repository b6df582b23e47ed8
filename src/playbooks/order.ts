import { didYouMean } from '../core/nearest.ts';
import type { Item, Leaf } from './playbook.ts';
import type { Objecting } from './readings.ts';

/** A jump leads forward, to a step of the same go: so every playbook ends. */
export function checkJumps(items: readonly Item[], object: Objecting): void {
	for (const [index, item] of items.entries()) {
		if (item.kind === 'approve') continue;
		if (item.kind === 'parallel') checkGroup(item.leaves, index, object);
		if (typeof item.onError !== 'object') continue;
		const { goto } = item.onError;
		const later = ofThisGo(items.slice(index + 1));
		if (later.includes(goto)) continue;
		const says = `goto leads to no later step called ${goto} before the next pause${didYouMean(goto, later)}`;
		object(['steps', index, 'on_error'], says);
	}
}

function ofThisGo(items: readonly Item[]): readonly string[] {
	const pause = items.findIndex(({ kind }) => kind === 'approve');
	return items.slice(0, pause < 0 ? undefined : pause).map(({ id }) => id);
}

function checkGroup(leaves: readonly Leaf[], index: number, object: Objecting): void {
	for (const { id, onError } of leaves) {
		if (onError === 'fail' || onError === 'continue') continue;
		object(['steps', index], `${id} stands in a group: the group itself may jump or roll back`);
	}
}

/** The last steps run after a refusal and a kill too: nobody's yes is behind them then. */
export function checkLast(last: readonly Leaf[], object: Objecting): void {
	for (const [index, { id, entry }] of last.entries()) {
		if (entry.tier <= 1) continue;
		object(['finally', index], `${id} is T${entry.tier}: a last step may be of T1 at most`);
	}
}
