import type { DecodedRow } from './oracle.ts';

/** A right row; its body is `data` as JSON unless given. */
export function aRow(about: Partial<DecodedRow> = {}): DecodedRow {
	const data = about.data ?? {};
	return {
		kind: 'event',
		source: 'salt',
		format: 'json',
		severity: 6,
		time: 1_795_230_600_000_000_000n,
		tag: 'ops/deploy/done',
		isTransportTag: true,
		body: about.body ?? Buffer.from(JSON.stringify(data)),
		fields: undefined,
		facts: { who: 'web12', summary: 'done', ids: [] },
		...about,
		data,
	};
}
