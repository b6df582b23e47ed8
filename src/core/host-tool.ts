export type CommandResult = {
	readonly exitCode: number | undefined;
	readonly signal: string | undefined;
	/** Whether the time was over, or `stop` aborted, before the program ended by itself. */
	readonly isCut: boolean;
	/** Head and tail, together at most `maxBytes`; the bytes left out of both streams are counted. */
	readonly stdout: string;
	readonly stderr: string;
	readonly leftOut: number;
	/** The streams that were no UTF-8: their text is base64. */
	readonly base64: readonly ('out' | 'err')[];
	/** Processes that still run: when it was cut those that could not be ended, else those it left behind. */
	readonly survivors: readonly number[];
};

export type CommandOptions = {
	readonly input?: string;
	readonly timeoutMs: number;
	/** Of each stream, kept in the result; 64 KiB where it is not said. */
	readonly maxBytes?: number;
	onOutput?(stream: 'out' | 'err', text: string): void;
	/** Every byte as it comes, also those that the result leaves out. */
	onBytes?(stream: 'out' | 'err', bytes: Uint8Array): void;
};

/** A host that something can be done to: this machine, or one of the lab. */
export type HostTool = {
	readonly name: string;
	bootId(): Promise<string>;
	/**
	 * Runs a program by its absolute path or its name on a fixed PATH, without a shell, in a group of its own. Where
	 * the time is over or `stop` aborts, all of it is ended. Throws a Failure for a program that is not there.
	 */
	command(
		argv: readonly string[],
		options: CommandOptions,
		stop: AbortSignal,
	): Promise<CommandResult>;
};
