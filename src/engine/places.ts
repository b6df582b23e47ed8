import type { AuditLog } from './audit-log.ts';

/** The rows of this engine's log that approvals came from: they bear their mark in the list. */
export class Places {
	readonly #audit: AuditLog;
	readonly #onChange: () => void;
	readonly #rows = new Map<string, readonly number[]>();

	constructor(audit: AuditLog, onChange: () => void) {
		this.#audit = audit;
		this.#onChange = onChange;
	}

	remember(approval: string, seqs: readonly number[]): void {
		this.#rows.set(approval, seqs);
		this.#onChange();
	}

	/** Those of approvals that are open, the newest last. */
	get open(): readonly (readonly [seq: number, approval: string])[] {
		return [...this.#rows].flatMap(([id, seqs]) => {
			const isOpen = this.#audit.get(id)?.stage.kind === 'proposed';
			return isOpen ? seqs.map((seq) => [seq, id] as const) : [];
		});
	}
}
