import type { Step } from '../core/approval.ts';
import type { Redact } from '../core/redact.ts';
import type {
	Conflict,
	Exported,
	Kept,
	Leases,
	Outputs,
	StepFilter,
	Store,
	Verdict,
} from '../core/store.ts';
import { Bell } from './bell.ts';
import { verdictOn } from './chain.ts';
import { conflictWith } from './expected.ts';
import { fits } from './filter.ts';
import { MemoryOutputs } from './memory-outputs.ts';
import { memoryExported, memoryLeases } from './memory-sides.ts';
import { noHead, recordAfter } from './record.ts';
import { redactedStep } from './redacted-step.ts';

/** A store that lasts as long as its process: for tests, and for a lab that leaves nothing behind. */
export class MemoryStore implements Store {
	readonly leases: Leases = memoryLeases();
	readonly exported: Exported = memoryExported();
	readonly outputs: Outputs;
	readonly #redact: Redact;
	readonly #lines: string[] = [];
	readonly #records: Kept[] = [];
	readonly #last = new Map<string, Step>();
	readonly #bell = new Bell();
	readonly #closed = new AbortController();

	constructor(redact: Redact) {
		this.#redact = redact;
		this.outputs = new MemoryOutputs(redact);
	}

	async append(
		step: Step,
		expect: { readonly id: string; readonly rev: number },
	): Promise<{ readonly seq: number } | Conflict> {
		const conflict = conflictWith(this.#last.get(expect.id), step, expect);
		if (conflict) return conflict;
		const head = this.#records.at(-1) ?? noHead;
		const { kept, line } = recordAfter(head, redactedStep(step, this.#redact));
		this.#lines.push(line);
		this.#records.push(kept);
		this.#last.set(step.id, kept.step);
		this.#bell.ring();
		return { seq: kept.seq };
	}

	async last(id: string): Promise<Step | undefined> {
		return this.#last.get(id);
	}

	async *list(filter: StepFilter): AsyncIterable<Kept> {
		const found = this.#records.filter((kept) => fits(kept, filter));
		yield* filter.last === undefined ? found : found.slice(-filter.last);
	}

	async *watch(fromSeq: number, stop: AbortSignal): AsyncIterable<Kept> {
		const end = AbortSignal.any([stop, this.#closed.signal]);
		for (let seq = fromSeq; !end.aborted; ) {
			const next = this.#records[seq];
			if (!next) await this.#bell.rung(end);
			else yield next;
			if (next) seq = next.seq;
		}
	}

	async verify(): Promise<Verdict> {
		return verdictOn(this.#lines);
	}

	async close(): Promise<void> {
		this.#closed.abort();
	}
}
