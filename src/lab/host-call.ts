/** One line a host's door is told, as JSON: whom, and what. */
export type HostCall = { readonly host: string } & (
	| { readonly call: 'bootId' | 'login' }
	| { readonly call: 'command'; readonly argv: readonly string[]; readonly input?: string }
	| { readonly call: 'read'; readonly path: string }
	| { readonly call: 'write'; readonly path: string; readonly text?: string }
	/** Held until the caller hangs up. */
	| { readonly call: 'lock'; readonly name: string }
	| { readonly call: 'process'; readonly pid: number }
	| { readonly call: 'signal'; readonly pid: number; readonly signal: string }
	| {
			readonly call: 'arm';
			readonly name: string;
			readonly delayMs: number;
			readonly argv: readonly string[];
	  }
	| { readonly call: 'disarm'; readonly unit: string }
);

/** The line that answers it. */
export type HostAnswer =
	| { readonly value?: unknown }
	| { readonly refused: string }
	| { readonly failed: string };
