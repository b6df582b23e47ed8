import * as z from 'zod';
import type { SaltMissing, SaltReturn } from '../core/salt-tool.ts';
import type { Arrived } from './salt-ear.ts';
import { rawReturn, saltReturn } from './salt-returns.ts';

const onBus = rawReturn.extend({ id: z.string(), jid: z.string() });

/** Who of a job's minions has returned, from whichever side its return comes first. */
export class Watch {
	readonly #waiting: Set<string>;
	readonly #running = new Set<string>();
	readonly #ready: SaltReturn[] = [];
	#wake: () => void = () => {};

	constructor(minions: readonly string[]) {
		this.#waiting = new Set(minions);
	}

	get isComplete(): boolean {
		return this.#waiting.size === 0;
	}

	get waiting(): readonly string[] {
		return [...this.#waiting];
	}

	get missing(): readonly SaltMissing[] {
		return this.waiting.map((minion) => ({ minion, isRunning: this.#running.has(minion) }));
	}

	/** A second return of a minion, or one nobody called, counts for nothing. */
	add(found: SaltReturn): void {
		if (!this.#waiting.delete(found.minion)) return;
		this.#ready.push(found);
		this.wake();
	}

	/** It said that it still works on it. */
	runs(minion: string): void {
		if (this.#waiting.has(minion)) this.#running.add(minion);
	}

	wake(): void {
		this.#wake();
	}

	take(): readonly SaltReturn[] {
		return this.#ready.splice(0);
	}

	/** Resolves at the next return, or when woken. */
	next(): Promise<void> {
		if (this.#ready.length > 0) return Promise.resolve();
		return new Promise((resolve) => {
			this.#wake = resolve;
		});
	}
}

/**
 * The return that an event of the master's tells of. What a minion fires under such a tag comes in its envelope,
 * and proves nothing.
 */
export function returnOn({ tag, data }: Arrived, jid: string): SaltReturn | undefined {
	const [, , tagJid, word, minion] = tag.split('/');
	if (tagJid !== jid || word !== 'ret') return undefined;
	const found = onBus.safeParse(data).data;
	if (found?.id !== minion || found?.jid !== jid || found?.['cmd'] === '_minion_event')
		return undefined;
	return found && saltReturn(found.id, found);
}
