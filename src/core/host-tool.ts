export type CommandResult = {
	readonly exitCode: number | undefined;
	readonly signal: string | undefined;
	/** Head and tail, at most 64 KiB each; what was left out is counted. */
	readonly stdout: string;
	readonly stderr: string;
	readonly leftOut: number;
	/** Processes that could not be ended. */
	readonly survivors: readonly number[];
};

export type CommandOptions = {
	readonly input?: string;
	readonly timeoutMs: number;
	onOutput?(stream: 'out' | 'err', text: string): void;
};

/** A host that something can be done to: this machine, or one of the lab. */
export type HostTool = {
	readonly name: string;
	bootId(): Promise<string>;
	/** Runs a program by its absolute path or its name on a fixed PATH, without a shell, in a group of its own. */
	command(
		argv: readonly string[],
		options: CommandOptions,
		stop: AbortSignal,
	): Promise<CommandResult>;
};
