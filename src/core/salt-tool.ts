/** An order to Salt. */
export type SaltOrder =
	| {
			readonly client: 'local';
			/** A target in Salt's own words: `web*`, or ids with `targetType: 'list'`. */
			readonly target: string;
			readonly targetType: 'glob' | 'list' | 'compound' | 'grain' | 'nodegroup';
			readonly fun: string;
			readonly args: readonly unknown[];
			readonly kwargs: Readonly<Record<string, unknown>>;
	  }
	| {
			readonly client: 'runner';
			readonly fun: string;
			readonly args: readonly unknown[];
			readonly kwargs: Readonly<Record<string, unknown>>;
	  };

export type SaltReturn = {
	readonly minion: string;
	readonly isGood: boolean;
	readonly retcode: number;
	readonly data: unknown;
};

/** A started job: who was called, and what comes back. */
export type SaltJob = {
	readonly jid: string;
	readonly minions: readonly string[];
	/** Returns as they come over the bus; ends when all came, after `timeoutMs`, or when `stop` aborts. */
	returns(timeoutMs: number, stop: AbortSignal): AsyncIterable<SaltReturn>;
};

export type SaltTool = {
	/** How it is reached: `salt CLI`, `salt-api https://…`. */
	readonly how: string;
	/** The minions an order would reach, as the master knows them; nothing is run on them. */
	match(target: string, targetType: string, stop: AbortSignal): Promise<readonly string[]>;
	start(order: SaltOrder, stop: AbortSignal): Promise<SaltJob>;
};
