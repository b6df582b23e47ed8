import { decodeMsgpack, encodeMsgpack } from '../codec/msgpack.ts';
import { skipValue } from '../codec/msgpack-scan.ts';
import type { Block } from '../core/block.ts';
import type { Bounds } from '../core/bounds.ts';
import type { Facts } from '../core/facts.ts';
import type { Format } from '../core/format.ts';
import { factsOf } from './facts.ts';
import { type SaltEvent, saltEvent } from './salt/event.ts';
import { isFromMaster } from './salt/family.ts';
import { peekSalt } from './salt/peek.ts';
import { redactSalt } from './salt/redact.ts';
import { pairsAt } from './salt/scan.ts';
import { tellers } from './salt/tellers.ts';
import { get, text } from './values.ts';

/** Salt's events: a tag, and data in MessagePack. What is told of them is told without their secrets. */
export const salt: Format = {
	id: 'salt',
	recognises: ({ body, bodyStart, bodyEnd }: Bounds) =>
		pairsAt(body, bodyStart) >= 0 && skipValue(body, bodyStart, bodyEnd) === bodyEnd,
	peek: peekSalt,
	decode: decodeMsgpack,
	encode: encodeMsgpack,
	redact: redactSalt,
	facts: (tag, data) => saltFacts(saltEvent(tag, redactSalt(tag, data))),
	pretty: (tag, data) => saltBlocks(saltEvent(tag, redactSalt(tag, data))),
};

function saltFacts(event: SaltEvent): Facts {
	const { tag, payload, host } = event;
	const teller = tellers[tag.family];
	const jid = text(get(payload, 'jid')) ?? tag.jid;
	const retcode = get(payload, 'retcode');
	return factsOf({
		who: teller.who?.(event) ?? host,
		summary: summaryOf(event),
		host,
		user: text(get(payload, 'user')),
		fun: text(get(payload, 'fun')),
		jid,
		rc: typeof retcode === 'number' || typeof retcode === 'bigint' ? retcode : undefined,
		failed: teller.failed?.(event),
		ids: [jid],
	});
}

function saltBlocks(event: SaltEvent): readonly Block[] {
	const teller = tellers[event.tag.family];
	const own = teller.blocks?.(event) ?? [];
	const heading: Block = { type: 'heading', text: summaryOf(event) };
	return [
		...(own.length > 0 ? own : [heading]),
		{ type: 'table', rows: provenance(event) },
		{ type: 'tree', label: 'data', value: event.body },
	];
}

/** What a minion sent under a tag of the master's is no more than its word. */
function summaryOf(event: SaltEvent): string {
	const { tag, signer } = event;
	const said = tellers[tag.family].summary(event);
	return signer !== undefined && isFromMaster(tag.family) ? `claimed by ${signer}: ${said}` : said;
}

/** Who says so: any minion may choose any tag, only the envelope's id is signed. */
function provenance({ tag, signer, payload }: SaltEvent): (readonly [string, unknown])[] {
	const claimed = tag.id ?? get(payload, 'id');
	const rows: readonly (readonly [string, unknown])[] = [
		['signed by', signer],
		['claimed by', claimed === signer ? undefined : claimed],
		['through', tag.syndic],
	];
	return rows.filter(([, value]) => value !== undefined);
}
