/** Long enough that only a test that hangs meets it. */
const usualHangMs = 20_000;

export type Bell = {
	/** Something changed: whoever waits looks again. */
	ring(): void;
	/** Resolves at the first ring (or now) at which the predicate holds; fails, naming `what`, where a test would hang. */
	until(what: string, holds: () => boolean): Promise<void>;
};

/** Waits that end on an event and never on a sleep: what changes rings, who waits asks at each ring. */
export function aBell(hangMs = usualHangMs): Bell {
	const waiting = new Set<() => void>();
	return {
		ring() {
			for (const look of [...waiting]) look();
		},
		until(what, holds) {
			if (holds()) return Promise.resolve();
			return new Promise((resolve, reject) => {
				const look = () => {
					if (!holds()) return;
					waiting.delete(look);
					clearTimeout(guard);
					resolve();
				};
				const guard = setTimeout(() => {
					waiting.delete(look);
					reject(new Error(`never happened: ${what}`));
				}, hangMs);
				waiting.add(look);
			});
		},
	};
}
