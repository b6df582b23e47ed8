/** Every failure a person may meet has a code, an exit status and a page line (`docs/errors.md`). */
export const failures = {
	usage: { exit: 2, means: 'The command line is not one eventctl knows.' },
	filter: { exit: 2, means: 'A filter cannot be read; the message points at the character.' },
	config: {
		exit: 3,
		means: 'A file of the configuration cannot be read or says something impossible.',
	},
	'no-source': { exit: 4, means: 'No source was named and none was found.' },
	denied: { exit: 5, means: 'The operating system, the bus or read-only mode refuses it.' },
	unreachable: { exit: 4, means: 'The bus is not there or does not answer.' },
	'not-confirmed': { exit: 8, means: 'It was sent, and nothing proves that anybody took it.' },
	'too-large': { exit: 2, means: 'More bytes than the bus or eventctl takes in one piece.' },
	undecodable: {
		exit: 1,
		means: 'Bytes that do not mean what they should; in a stream they are a row.',
	},
	failed: { exit: 1, means: 'It was begun and did not succeed; what was done so far stands.' },
	unconfirmed: {
		exit: 6,
		means: 'It needs a yes that was not given; the message says what to add.',
	},
	refused: {
		exit: 7,
		means:
			'It was not begun: rejected, expired, superseded, its target changed, or a limit stands against it.',
	},
	unknown: { exit: 8, means: 'Nobody can tell whether it happened; look, then settle it.' },
	store: {
		exit: 1,
		means: 'What is kept of approvals and runs cannot be read or written: nothing new runs.',
	},
	internal: { exit: 1, means: 'A defect of eventctl.' },
} as const;

export type FailureCode = keyof typeof failures;

/** An error whose message is a sentence for the operator: what, to what, what to do. */
export class Failure extends Error {
	readonly code: FailureCode;
	constructor(code: FailureCode, message: string, options?: { cause?: unknown }) {
		super(message, options);
		this.name = 'Failure';
		this.code = code;
	}
}

/** The sentence of whatever was thrown. Its text may quote hostile input: `safeText` before a screen. */
export function reasonOf(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The system's own error code (`ECONNREFUSED`) of whatever was thrown, if it has one. */
export function systemCode(thrown: unknown): string | undefined {
	if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
	return typeof thrown.code === 'string' ? thrown.code : undefined;
}
