import assert from 'node:assert/strict';
import type {
	CompiledFilter,
	Criterion,
	Decoded,
	Member,
	Needle,
} from '../../src/core/criterion.ts';
import { occursIn } from '../../src/filter/occurs.ts';

/** A row with everything decoded: what the log's answers are compared with. */
export type DecodedRow = Omit<Decoded, 'kind'> & {
	readonly kind: 'event' | 'gap' | 'broken' | 'sensor';
};

/** Whether a filter shows a row: the plain meaning, without columns, narrowing or haste. */
export function shows(filter: CompiledFilter, row: DecodedRow): boolean {
	const { kind } = row;
	if (kind === 'gap' || kind === 'broken') return holds(filter.forGaps, row);
	return holds(filter.criterion, row);
}

/** Whether a criterion holds. Fails the test where a literal would have hidden a match. */
export function holds(criterion: Criterion, row: DecodedRow): boolean {
	switch (criterion.kind) {
		case 'all':
			return true;
		case 'none':
			return false;
		case 'and':
			return criterion.parts.every((part) => holds(part, row));
		case 'or':
			return criterion.parts.some((part) => holds(part, row));
		case 'not':
			return !holds(criterion.part, row);
		case 'source':
			return criterion.test(row.source);
		case 'format':
			return criterion.test(row.format);
		case 'row':
			return criterion.test(row.kind);
		case 'severity':
			return criterion.test(row.severity);
		case 'time':
			return row.time >= (criterion.from ?? row.time) && row.time <= (criterion.until ?? row.time);
		case 'tag':
			return (row.isTransportTag || !criterion.transportOnly) && criterion.test(row.tag);
		case 'host':
			return row.facts.host !== undefined && criterion.test(row.facts.host);
		case 'literal':
			return occursIn(criterion, row.tag, row.body);
		case 'text':
			return matchesText(criterion, row);
		case 'decoded':
			return matchesData(criterion, row);
	}
}

function matchesText(
	{ test, literal }: Extract<Criterion, { kind: 'text' }>,
	{ tag, body }: DecodedRow,
): boolean {
	const isMatch = test(tag) || test(new TextDecoder().decode(body));
	if (isMatch && literal !== undefined) assert.ok(occursIn(literal, tag, body), describe(literal));
	return isMatch;
}

function matchesData(
	{ test, literal, member }: Extract<Criterion, { kind: 'decoded' }>,
	row: DecodedRow,
): boolean {
	const { kind } = row;
	const isMatch = (kind === 'event' || kind === 'sensor') && test({ ...row, kind });
	if (isMatch && literal !== undefined) {
		const isSpelled = occursIn(literal, row.tag, row.body);
		assert.ok(isSpelled || Buffer.from(row.body).includes('\\u'), describe(literal));
	}
	if (isMatch && member !== undefined) assert.ok(mayHave(member, row.body), describeMember(member));
	return isMatch;
}

function mayHave({ nameEnd, mayHold }: Member, body: Uint8Array): boolean {
	const bytes = Buffer.from(body);
	const first = bytes[0] ?? 0;
	if ((first >= 0x80 && first !== 0xef) || bytes.includes('\\u')) return true;
	for (let at = bytes.indexOf(nameEnd); at >= 0; at = bytes.indexOf(nameEnd, at + 1)) {
		if (mayHold(bytes, at + nameEnd.length, bytes.length)) return true;
	}
	return false;
}

function describeMember({ nameEnd }: Member): string {
	return `a match has no member ${Buffer.from(nameEnd)} that may hold it`;
}

function describe({ bytes }: Needle): string {
	return `a match does not hold the literal ${Buffer.from(bytes)}`;
}
