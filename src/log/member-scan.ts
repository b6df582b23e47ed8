import type { Member } from '../core/criterion.ts';
import { hasEscape, markEscapes } from './literal-scan.ts';
import { eachHit, type Scan, set } from './scan.ts';
import { type Search, searchFor } from './search.ts';
import type { Slab } from './slab.ts';

const byteOrderMark = 0xef;

/** Rows that may have a member with a value that matches, told by their bytes: most need no decoding. */
export class MemberScan implements Scan {
	readonly #member: Member;
	readonly #search: Search;

	constructor(member: Member) {
		this.#member = member;
		this.#search = searchFor({ bytes: member.nameEnd, foldCase: false });
	}

	test(slab: Slab, row: number): boolean {
		if (isBinary(slab, row) || hasEscape(slab, row)) return true;
		const end = slab.end(row);
		let at = this.#search.find(slab.bytes, slab.start(row), end);
		while (at >= 0 && !this.#mayHold(slab, row, at))
			at = this.#search.find(slab.bytes, at + 1, end);
		return at >= 0;
	}

	mark(slab: Slab, from: number, to: number, rows: Uint32Array): void {
		for (let row = from; row < to; row++) if (isBinary(slab, row)) set(rows, row);
		markEscapes(slab, from, to, rows);
		eachHit(this.#search, slab, from, to, (row, at) => {
			const isHit = this.#mayHold(slab, row, at);
			if (isHit) set(rows, row);
			return isHit;
		});
	}

	#mayHold(slab: Slab, row: number, at: number): boolean {
		return this.#member.mayHold(slab.bytes, at + this.#search.length, slab.end(row));
	}
}

/** Whether the body begins as no JSON does. */
function isBinary(slab: Slab, row: number): boolean {
	const first = slab.bytes[slab.start(row)] ?? 0;
	return first >= 0x80 && first !== byteOrderMark;
}
