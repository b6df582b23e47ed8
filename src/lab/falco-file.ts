import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import type { Clock } from '../core/clock.ts';
import type { Chance } from './chance.ts';
import { type FalcoEvent, falcoLine, nanosNow } from './falco-events.ts';

/** Falco's `file_output`: one write a line, and a rotation now and then, so that a long demo fills no disk. */
export class FalcoFile {
	readonly path: string;
	readonly #clock: Clock;
	readonly #chance: Chance;
	#file: number;

	constructor(path: string, clock: Clock, chance: Chance) {
		this.path = path;
		this.#clock = clock;
		this.#chance = chance;
		this.#file = openSync(path, 'a', 0o600);
	}

	write(event: FalcoEvent): void {
		const at = nanosNow(this.#clock.now(), this.#chance);
		writeSync(this.#file, `${falcoLine(event, at)}\n`);
	}

	/** As logrotate does it; the file before the last is gone. */
	rotate(): void {
		renameSync(this.path, `${this.path}.1`);
		this.close();
		this.#file = openSync(this.path, 'a', 0o600);
	}

	close(): void {
		closeSync(this.#file);
	}
}
