import { errors, type ServerInfo, type Status } from 'nats';
import type { Clock } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';
import { reasonOf } from '../../src/core/errors.ts';
import type { Gap } from '../../src/core/gap.ts';
import type { Backoff } from './backoff.ts';

/** What is asked of a connection: the id of the server's process. */
type Connection = { readonly info?: Pick<ServerInfo, 'server_id'> };

/** What was going on when the connection went away. */
type Loss = {
	/** Milliseconds since the epoch; the stream was whole until then. */
	readonly from: number;
	readonly cause: string;
	/** Nobody said why. */
	readonly isUnexplained: boolean;
};

/**
 * Reads the client's word about its connection: denied subjects, lost and regained connections appear nowhere
 * else. One lives as long as its source, so that a loss is remembered across connections.
 */
export class Health {
	readonly #sink: Pick<Sink, 'link'>;
	readonly #clock: Clock;
	readonly #backoff: Backoff;
	#loss: Loss | undefined;
	#dials = 0;
	/** When the last ping was sent, and when the last one that was answered. */
	#pingedAt = 0;
	#answeredAt = 0;
	#complaint: string | undefined;
	#isStale = false;
	/** A ping has been waiting for its answer since the one before this. */
	#isSilent = false;
	/** The server's process, to tell whether it was the same that took us back. */
	#serverId: string | undefined;

	constructor(sink: Pick<Sink, 'link'>, clock: Clock, backoff: Backoff) {
		this.#sink = sink;
		this.#clock = clock;
		this.#backoff = backoff;
	}

	get isOnline(): boolean {
		return this.#loss === undefined;
	}

	/** The first connection, or one made anew by hand. Returns what was missed since the last, if there was one. */
	connected(connection: Connection): Gap | undefined {
		const serverId = connection.info?.server_id;
		const gap = this.#loss && this.#gapUntilNow(this.#loss, serverId === this.#serverId);
		this.#serverId = serverId;
		this.#loss = undefined;
		this.#complaint = undefined;
		this.#isStale = false;
		this.#isSilent = false;
		this.#dials = 0;
		this.#pingedAt = this.#clock.now();
		this.#answeredAt = this.#pingedAt;
		this.#backoff.succeeded();
		return gap;
	}

	/** One word of `status()`. Returns the gap where it says that the connection is back. */
	hear(status: Status, connection: Connection): Gap | undefined {
		if (status.type === 'ping') this.#pinged(status.pendingPings);
		if (status.type === 'error') this.#complained(status.error);
		if (status.type === 'staleConnection') this.#isStale = true;
		if (status.type === 'disconnect') this.#disconnected();
		if (status.type === 'reconnecting') this.#dialling();
		return status.type === 'reconnect' ? this.connected(connection) : undefined;
	}

	/** What is missing so far, where the connection is gone. */
	unfinished(): Gap | undefined {
		return this.#loss && { from: this.#loss.from, to: this.#clock.now(), cause: this.#loss.cause };
	}

	/** The connection is of no more use; said again, it changes nothing. */
	lost(cause: string, isUnexplained = false): void {
		const from = this.#isStale ? this.#answeredAt : this.#clock.now();
		this.#loss ??= { from, cause, isUnexplained };
	}

	#disconnected(): void {
		if (this.#complaint !== undefined)
			this.lost(`the server ended the connection: ${this.#complaint}`);
		else if (this.#isStale) this.lost('the server stopped answering');
		else this.lost('the connection was lost', true);
		this.#wait();
	}

	/** A refused subject is no reason to end a connection; anything else the server says is its last word. */
	#complained(error: Error): void {
		if (!(error instanceof errors.PermissionViolationError)) this.#complaint = reasonOf(error);
	}

	#pinged(pendingPings: number): void {
		if (pendingPings === 1) this.#answeredAt = this.#pingedAt;
		this.#pingedAt = this.#clock.now();
		const isSilent = pendingPings > 1;
		if (isSilent === this.#isSilent) return;
		this.#isSilent = isSilent;
		this.#sink.link(isSilent ? { kind: 'stale', since: this.#answeredAt } : { kind: 'live' });
	}

	#dialling(): void {
		this.#dials++;
		this.#backoff.tried();
		this.#wait();
	}

	#wait(): void {
		this.#sink.link({
			kind: 'waiting',
			retryAt: this.#clock.now() + this.#backoff.delayMs,
			reason: this.#loss?.cause ?? 'not connected yet',
			attempt: this.#backoff.tries,
		});
	}

	#gapUntilNow(loss: Loss, isSameServer: boolean): Gap {
		const { from, cause, isUnexplained } = loss;
		const to = this.#clock.now();
		if (!isUnexplained || !isSameServer || this.#dials > 1) return { from, to, cause };
		return {
			// What a slow reader misses was waiting in the server, so it is older than the cut.
			from: Math.min(this.#answeredAt, from),
			to,
			cause: 'the server cut the connection and took us back at once, as it does with slow readers',
		};
	}
}
