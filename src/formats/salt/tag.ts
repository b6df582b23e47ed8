import { newPeek, sliceIn } from '../../core/format.ts';
import { afterSyndic, type Family, familyAt } from './family.ts';

/** A tag, taken apart. */
export type SaltTag = {
	readonly family: Family;
	/** The tag without the `syndic/ID/` in front of what a lower master sent. */
	readonly name: string;
	/** The same in pieces. */
	readonly parts: readonly string[];
	/** The lower master it came through. */
	readonly syndic?: string;
	/** The minion it names, which is a claim. */
	readonly id?: string;
	readonly jid?: string;
};

const withJid: ReadonlySet<Family> = new Set([
	'new',
	'publish',
	'return',
	'progress',
	'state-result',
	'runner',
	'wheel',
	'batch',
]);

/** A tag in its parts. */
export function readTag(tag: string): SaltTag {
	const bytes = onePerUnit(tag);
	const peek = newPeek();
	const family = familyAt(bytes, 0, bytes.length, peek);
	const from = afterSyndic(bytes, 0, bytes.length);
	const name = tag.slice(from);
	const parts = name.split('/');
	const jid = family === 'published' ? name : withJid.has(family) ? parts[2] : undefined;
	return {
		family,
		name,
		parts,
		...(from > 0 && { syndic: tag.slice(7, from - 1) }),
		...(peek.hostIn === sliceIn.tag && { id: tag.slice(peek.hostStart, peek.hostEnd) }),
		...(jid !== undefined && jid !== '' && { jid }),
	};
}

/** Bytes at the places of the text's characters: no literal holds any but ASCII ones. */
function onePerUnit(text: string): Uint8Array {
	return Buffer.from(text.replace(/[\u0080-\uffff]/g, '?'), 'latin1');
}
