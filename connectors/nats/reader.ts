import type { NatsConnection } from 'nats';
import type { Clock } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';
import type { Failure } from '../../src/core/errors.ts';
import type { Gap } from '../../src/core/gap.ts';
import type { Access } from './access.ts';

/** What a reader is given for one connection. */
export type ReaderTools = {
	readonly connection: NatsConnection;
	readonly access: Access;
	readonly sink: Sink;
	readonly clock: Clock;
	/** Ends the connection: there is nothing this user may read. */
	readonly refuse: (failure: Failure) => void;
};

/** What reads events while a connection stands. */
export type Reader = {
	/** The connection stands, again where `missed` tells since when it did not. */
	online(missed: Gap | undefined): void;
	/** The connection is gone. Resolves when nothing of this reader is under way. */
	offline(): Promise<void>;
};
