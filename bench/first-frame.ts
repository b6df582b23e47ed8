import { writeFileSync } from 'node:fs';
import { root } from '../test/support/files.ts';
import { ownHome } from '../test/support/own-home.ts';
import { aPty, onPty } from '../test/support/pty.ts';
import { atMost, type Figure, ms, pairedTimes, timed } from './harness.ts';
import { temporary } from './temporary.ts';

const rounds = 9;

/** The command on a terminal until its first frame stands there, against Node doing nothing. */
export const firstFrame: Figure = {
	name: 'first-frame',
	says: 'eventctl on a terminal until its first frame, against node -e 0',
	goal: '≤ 6×',
	async measure() {
		const { skip } = onPty;
		if (skip) {
			const verdict = { goal: '≤ 6×' };
			return [{ what: String(skip), ours: '–', other: '–', ratio: '–', verdict }];
		}
		const events = `${temporary()}/few.json`;
		writeFileSync(events, `${'{"message":"one of a few"}\n'.repeat(50)}`);
		const console = `${root}bin/eventctl -s lines:${events}`;
		const nothing = `"${process.execPath}" -e 0; echo over`;
		const rows = [];
		for (const [what, shown, goal] of [
			['the frame', 'LIVE', 6],
			['the frame with events', 'one of a few', undefined],
		] as const) {
			const [ours, other, ratio] = await pairedTimes(
				() => untilShown(console, shown),
				() => untilShown(nothing, 'over'),
				rounds,
			);
			const row = { what, ours: ms(ours), other: ms(other), ratio: `${ratio.toFixed(1)}×` };
			rows.push(goal === undefined ? row : { ...row, verdict: atMost(goal, ratio) });
		}
		return rows;
	},
};

/** Milliseconds from the command's start to a word on a new terminal, whose own start is not counted. */
async function untilShown(command: string, word: string): Promise<number> {
	const env = { ...ownHome(temporary()), TERM: 'xterm' };
	const ends: (() => Promise<void>)[] = [];
	const pty = aPty({ after: (end) => void ends.push(end) }, `echo ready; ${command}`, env);
	try {
		await pty.until('ready');
		return await timed(() => pty.until(word));
	} finally {
		// The terminal goes: the console ends in order, and Node has written down what it compiled.
		for (const end of ends) await end();
	}
}
