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

/** A process as it is now. Its name and command line are its own words. */
export type HostProcess = {
	readonly pid: number;
	/** In clock ticks since boot; with the pid it names one process for as long as the host is up. */
	readonly startTime: string;
	/** Device and inode of its program; empty where it cannot be seen. */
	readonly exe: string;
	readonly cgroup: string;
	readonly name: string;
	readonly command: string;
	readonly user: string;
	/** Why nobody may end it: `it is a kernel thread`. */
	readonly shield?: string;
};

/** Where an operator's SSH login comes from and arrives. */
export type SshLogin = {
	readonly peer: string;
	readonly peerPort: number;
	readonly port: number;
};

/** A dead man's switch that was set: what will happen whatever becomes of us, and how it is found again. */
export type Fuse =
	| { readonly kind: 'timer'; readonly unit: string }
	| { readonly kind: 'process'; readonly pid: number; readonly startTime: string };

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
	/** A small text file of the host; undefined where there is none. */
	read(path: string): Promise<string | undefined>;
	/** Replaces a file of eventctl's own below `/run/eventctl` at once and whole, or removes it. */
	write(path: string, text: string | undefined): Promise<void>;
	/** Holds a lock of that name, which falls with whoever holds it; throws a Refusal where another holds it. */
	lock(name: string): Promise<() => Promise<void>>;
	process(pid: number): Promise<HostProcess | undefined>;
	/** False where there is no such process. */
	signal(pid: number, signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): Promise<boolean>;
	/** Where the operator sits; undefined for a local terminal. */
	login(): Promise<SshLogin | undefined>;
	/** Runs `argv` once after `delayMs`, also when eventctl is gone by then. */
	arm(name: string, delayMs: number, argv: readonly string[]): Promise<Fuse>;
	/** Takes it back; false where it went off already. */
	disarm(fuse: Fuse): Promise<boolean>;
};
