import { type Msg, MsgImpl } from 'nats';
import type { Gap } from '../../src/core/gap.ts';
import { deliver } from '../wire/deliver.ts';
import type { Reader, ReaderTools } from './reader.ts';
import { whyDenied } from './reasons.ts';

/** The subject as the server sent it: reading `subject` would make a string of every event's. */
export function subjectBytes(message: Pick<Msg, 'subject'>): Uint8Array {
	return message instanceof MsgImpl ? message._msg.subject : Buffer.from(message.subject);
}

/** Subscribes to core subjects, which deliver what is published while the connection stands and nothing else. */
export class CoreReader implements Reader {
	readonly #tools: ReaderTools;
	readonly #subjects: readonly string[];
	readonly #standing = new Set<string>();

	constructor(subjects: readonly string[], tools: ReaderTools) {
		this.#subjects = subjects;
		this.#tools = tools;
	}

	online(missed: Gap | undefined): void {
		if (missed !== undefined) this.#tools.sink.gap(missed);
		// The client renews what stands; what the server had denied may be allowed by now.
		for (const subject of this.#subjects) {
			if (!this.#standing.has(subject)) this.#subscribe(subject);
		}
		this.#tools.sink.link({ kind: 'live' });
	}

	async offline(): Promise<void> {}

	#subscribe(subject: string): void {
		const { connection, sink } = this.#tools;
		this.#standing.add(subject);
		connection.subscribe(subject, {
			callback: (error, message) => {
				if (error) this.#denied(subject, error);
				else deliver(sink, subjectBytes(message), message.data);
			},
		});
	}

	#denied(subject: string, error: Error): void {
		const { access, clock, sink, refuse } = this.#tools;
		const failure = whyDenied(access.identity, error);
		const now = clock.now();
		this.#standing.delete(subject);
		if (this.#standing.size === 0) refuse(failure);
		else sink.gap({ from: now, to: now, cause: failure.message });
	}
}
