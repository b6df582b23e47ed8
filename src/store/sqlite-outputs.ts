import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Clock } from '../core/clock.ts';
import type { Redact } from '../core/redact.ts';
import type { OutputLine, Outputs } from '../core/store.ts';
import { tried } from './database.ts';
import { keptRuns } from './memory-outputs.ts';
import { RunOutput } from './run-output.ts';

const flushMs = 250;

const outputLines = z.array(
	z.object({ step: z.number(), stream: z.enum(['out', 'err', 'note']), text: z.string() }),
);

/** What runs printed: gathered here, and written down four times a second. */
export class SqliteOutputs implements Outputs {
	readonly #database: DatabaseSync;
	readonly #redact: Redact;
	readonly #clock: Clock;
	readonly #active = new Map<string, RunOutput>();
	readonly #unwritten = new Set<string>();
	#cancelFlush: (() => void) | undefined;

	constructor(
		database: DatabaseSync,
		{ clock, redact }: { readonly clock: Clock; readonly redact: Redact },
	) {
		this.#database = database;
		this.#redact = redact;
		this.#clock = clock;
	}

	write(run: string, step: number, stream: 'out' | 'err', text: string): void {
		const output = this.#active.get(run) ?? new RunOutput(this.#redact, this.#stored(run));
		this.#active.set(run, output);
		output.write(step, stream, text);
		this.#unwritten.add(run);
		this.#cancelFlush ??= this.#clock.after(flushMs, () => this.#flush());
	}

	async read(run: string): Promise<readonly OutputLine[]> {
		return this.#active.get(run)?.lines() ?? this.#stored(run);
	}

	end(run: string): void {
		const output = this.#active.get(run);
		if (!output) return;
		output.end();
		this.#unwritten.add(run);
		this.#flush();
		if (!this.#unwritten.has(run)) this.#active.delete(run);
		this.#prune();
	}

	close(): void {
		for (const run of [...this.#active.keys()]) this.end(run);
		this.#cancelFlush?.();
	}

	#flush(): void {
		this.#cancelFlush?.();
		this.#cancelFlush = undefined;
		const sql = 'INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)';
		for (const run of this.#unwritten) {
			const lines = this.#active.get(run)?.lines() ?? [];
			const at = Math.round(this.#clock.now());
			// What cannot be written now stays in memory until the next time.
			if (!tried(this.#database, sql, run, JSON.stringify(lines), at)) return;
			this.#unwritten.delete(run);
		}
	}

	#prune(): void {
		const newest = 'SELECT run FROM outputs ORDER BY written_at DESC LIMIT ?';
		tried(this.#database, `DELETE FROM outputs WHERE run NOT IN (${newest})`, keptRuns);
	}

	#stored(run: string): readonly OutputLine[] {
		const row = this.#database.prepare('SELECT lines FROM outputs WHERE run = ?').get(run);
		return row ? outputLines.parse(JSON.parse(String(row['lines']))) : [];
	}
}
