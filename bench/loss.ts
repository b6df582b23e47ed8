import { aBusAndEngine } from './a-bus.ts';
import { aView } from './a-view.ts';
import { type Figure, perSecond, timed } from './harness.ts';

const events = 1_000_000;
/** A bus that nothing more comes from has said all. */
const silentBeats = 3;

/** What is lost when a bus sends as fast as its socket takes, while a filter runs. */
export const loss: Figure = {
	name: 'loss',
	says: `${events.toLocaleString('en')} events at the highest rate the sender reaches, a live filter on`,
	goal: '0 lost',
	async measure() {
		const bus = await aBusAndEngine(events);
		try {
			bus.engine.send(aView('sev>=err load'));
			let before = -1;
			let silent = 0;
			let result = { received: 0, dropped: 0, gaps: 0 };
			const over = bus.until('counts', ({ sources: [source] }) => {
				result = source ?? result;
				silent = result.received === before && before > 0 ? silent + 1 : 0;
				before = result.received;
				return result.received >= events || silent === silentBeats;
			});
			bus.go();
			const sending = await timed(() => bus.sent);
			await over;
			const lost = events - result.received + result.dropped;
			return [
				{
					what: `sent at ${perSecond(events, sending)}`,
					ours: `${result.received} received, ${result.dropped} dropped, ${result.gaps} gaps`,
					other: `${events} sent`,
					ratio: `${lost} lost`,
					verdict: { goal: '0 lost', isMet: lost === 0 },
				},
			];
		} finally {
			await bus.end();
		}
	},
};
