export type Check = {
	readonly mark: 'ok' | 'failed' | 'changed' | 'pending';
	/** What ran: `pkg.installed`. */
	readonly fun: string;
	readonly name: string;
	readonly comment: string;
	readonly durationMs?: number;
	/** The changes, opened on demand. */
	readonly details?: unknown;
};

/** One part of an event's pretty view, as data: what is painted how is the screen's business. All text is hostile. */
export type Block =
	| {
			readonly type: 'heading';
			readonly text: string;
			readonly right?: string;
			readonly tone?: 'plain' | 'good' | 'warn' | 'bad' | 'muted';
	  }
	| { readonly type: 'table'; readonly rows: readonly (readonly [key: string, value: unknown])[] }
	| { readonly type: 'checks'; readonly checks: readonly Check[] }
	| { readonly type: 'tree'; readonly label: string; readonly value: unknown }
	| {
			readonly type: 'text';
			readonly text: string;
			readonly tone?: 'plain' | 'good' | 'warn' | 'bad' | 'muted';
	  };
