import type { Redact } from '../core/redact.ts';
import type { OutputLine, Outputs } from '../core/store.ts';
import { RunOutput } from './run-output.ts';

/** So many runs keep their output. */
export const keptRuns = 200;

/** What runs printed, in this process only. */
export class MemoryOutputs implements Outputs {
	readonly #redact: Redact;
	readonly #runs = new Map<string, RunOutput>();

	constructor(redact: Redact) {
		this.#redact = redact;
	}

	write(run: string, step: number, stream: 'out' | 'err', text: string): void {
		const output = this.#runs.get(run) ?? new RunOutput(this.#redact);
		this.#runs.set(run, output);
		output.write(step, stream, text);
	}

	async read(run: string): Promise<readonly OutputLine[]> {
		return this.#runs.get(run)?.lines() ?? [];
	}

	end(run: string): void {
		this.#runs.get(run)?.end();
		const excess = this.#runs.size - keptRuns;
		for (const oldest of [...this.#runs.keys()].slice(0, Math.max(0, excess))) {
			this.#runs.delete(oldest);
		}
	}
}
