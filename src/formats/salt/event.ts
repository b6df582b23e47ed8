import type { Block } from '../../core/block.ts';
import { get, text } from '../values.ts';
import { hasHostInBody } from './family.ts';
import { readTag, type SaltTag } from './tag.ts';

/** An event of Salt's, its envelope opened. */
export type SaltEvent = {
	readonly tag: SaltTag;
	/** The whole data. */
	readonly body: unknown;
	/** What its author sent: within a minion's envelope one level down, else the same as `body`. */
	readonly payload: unknown;
	/** The minion whose key signed it; only an envelope of the master's tells. */
	readonly signer: string | undefined;
	/** The minion it is about, as far as anything says. */
	readonly host: string | undefined;
};

/** How a family of events is told. Takes any data: nothing in an event is certain. */
export type Teller = {
	summary(event: SaltEvent): string;
	/** Who it is about, where that is not the host. */
	who?(event: SaltEvent): string | undefined;
	/** How many parts failed. */
	failed?(event: SaltEvent): number | undefined;
	/** The pretty view's own part; without it, its summary. */
	blocks?(event: SaltEvent): readonly Block[];
};

export function saltEvent(tag: string, body: unknown): SaltEvent {
	const parts = readTag(tag);
	const isEnvelope = get(body, 'cmd') === '_minion_event';
	const id = text(get(body, 'id'));
	const signer = isEnvelope ? id : undefined;
	const host = signer ?? (hasHostInBody(parts.family) && id ? id : parts.id);
	return { tag: parts, body, payload: isEnvelope ? get(body, 'data') : body, signer, host };
}
