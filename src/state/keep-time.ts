import type { Clock } from '../core/clock.ts';
import { gazeMs } from './card.ts';
import { topOverlay } from './contexts.ts';
import type { Model } from './model.ts';
import { graceMs, graceSpan } from './slices/consent.ts';
import type { Store } from './store.ts';

const tickMs = 1000;
const graceTickMs = 100;

/** Tells the model the time: each second, and as often as a bar that runs down needs it. The returned function ends that. */
export function keepTime(store: Store, clock: Clock): () => void {
	let cancel = () => {};
	let due = Number.POSITIVE_INFINITY;
	const tick = () => {
		due = Number.POSITIVE_INFINITY;
		store.dispatch({ type: 'time.passed', now: clock.now() });
		plan();
	};
	const plan = () => {
		const next = clock.now() + paceOf(store.getModel(), clock.now());
		if (next >= due) return;
		cancel();
		due = next;
		cancel = clock.after(Math.max(0, next - clock.now()), tick);
	};
	const end = store.subscribe(plan);
	plan();
	return () => {
		end();
		cancel();
	};
}

/** A card that may be approved soon looks so as soon as it may. */
function paceOf(model: Model, now: number): number {
	const graceLeft = graceMs - (graceSpan(model) ?? 0);
	if (topOverlay(model)?.kind === 'grace') return Math.min(graceTickMs, Math.max(0, graceLeft));
	const sinceMs = model.gaze ? now - model.gaze.since : gazeMs;
	return sinceMs < gazeMs ? gazeMs - sinceMs : tickMs;
}
