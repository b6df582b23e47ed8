import assert from 'node:assert/strict';
import { type Journey, journey } from '../support/a-journey.ts';
import { keyToken } from '../support/a-keyboard.ts';
import { storyApprovals } from '../support/a-response.ts';
import { anApproval, aPlan, ivan } from '../support/an-approval.ts';
import { storyTime } from '../support/rows.ts';

/** A card was approved and its run goes on. */
async function begun(console: Journey) {
	console.responder.isHeld = true;
	await console.happens(console.responder.suggest(anApproval()));
	await console.waits(500);
	await console.press('respond.approve');
}

journey('how a run ended is told where the hand is, and one key takes it back', async (console) => {
	await console.press('move.up');
	const before = console.underHand;
	await console.press('list.follow');
	await begun(console);
	console.shows('▶1');
	await console.press('move.up');
	await console.happens(console.responder.ends('A-0097'));
	console.shows('R-0097 ok 2.1 s · b rolls back');
	assert.equal(console.underHand, before);
	await console.press('run.roll-back');
	assert.deepEqual(
		console.asked('undo.asked').map(({ approval }) => approval),
		['A-0097'],
	);
	console.shows('k8s.release-pod', 'asked for by you', 'a now · any other key cancels');
	await console.waits(3000);
	assert.equal(console.asked('approved').at(-1)?.approval, 'A-0098');
});

journey('the runs show steps, progress and what is printed, and it follows', async (console) => {
	console.responder.output = Array.from({ length: 40 }, (_, at) => ({
		step: 0,
		stream: 'out' as const,
		text: `line ${at}`,
	}));
	console.responder.runs = [
		{
			approval: 'A-0097',
			step: 1,
			states: ['done', 'running'],
			says: ['labelled', 'waiting for the server'],
			lines: 40,
			isStopping: false,
		},
	];
	await begun(console);
	await console.press('screen.runs');
	console.shows('R-0097', 'RUNNING', 'step 2/2', '✓ 1 label', '▶ 2 NetworkPolicy', '50 %');
	console.shows('waiting for the server', 'live output · follow', 'line 39');
	console.hides('line 2 ');
	await console.press('pane.next', 'move.first');
	console.shows('stands still', 'line 0');
	await console.press('run.follow');
	console.shows('line 39');
});

journey('a run is stopped after its step, and killed', async (console) => {
	await begun(console);
	await console.press('screen.runs', 'run.stop', 'run.kill');
	assert.deepEqual(console.asked('run.stopped'), [
		{ type: 'run.stopped', approval: 'A-0097', isWanted: true },
	]);
	assert.deepEqual(console.asked('run.killed'), [{ type: 'run.killed', approval: 'A-0097' }]);
	await console.happens(console.responder.ends('A-0097', 'failed', 'killed'));
	await console.press('run.kill');
	console.shows('R-0097 is over: it ended failed: killed');
	assert.equal(console.asked('run.killed').length, 1);
});

journey('a retry is a new plan, with its own grace', async (console) => {
	await begun(console);
	await console.happens(console.responder.ends('A-0097', 'failed', 'timeout'));
	await console.press('screen.runs', 'run.retry');
	console.shows('asked for by you', 'k8s.isolate-pod');
	await console.press('grace.cancel');
	console.hides('asked for by you');
});

journey('what nobody knows the end of stands first until it is settled', async (console) => {
	const unknown = {
		kind: 'unknown',
		by: [ivan],
		epoch: 1,
		reason: 'started 03:06:20 on bastion; the pod is gone',
		startedAt: storyTime + 8000,
		endedAt: storyTime + 9000,
	} as const;
	const plan = aPlan({ run: 'R-0090' });
	await console.happens(
		console.responder.suggest(anApproval({ id: 'A-0090', plan, stage: unknown })),
	);
	console.shows('?1');
	await begun(console);
	await console.press('screen.runs');
	assert.match(console.underHand, /^›\? R-0090/);
	console.shows('the pod is gone');
	await console.press('run.settle');
	await console.type('looked: gone');
	await console.press('prompt.keep');
	assert.deepEqual(console.asked('settled'), [
		{ type: 'settled', approval: 'A-0090', note: 'looked: gone' },
	]);
});

journey(
	'an undo that is longer than the screen neither runs down nor is hastened',
	async (console) => {
		await begun(console);
		await console.happens(console.responder.ends('A-0097'));
		const approvals = console.asked('approved').length;
		const steps = Array.from({ length: 200 }, (_, at) => {
			return { says: `put label ${at} back`, command: `kubectl label pod pay-7d9f l${at}=x` };
		});
		console.responder.planned = { steps };
		await console.hears(keyToken('b'));
		await console.waits(100);
		console.shows('the plan is longer than this screen and will not run from here');
		await console.waits(5000);
		await console.hears(keyToken('a'));
		await console.waits(5000);
		assert.equal(console.asked('approved').length, approvals);
		await console.hears(keyToken('esc'));
		console.shows('A-0098 cancelled: nothing ran');
	},
);

journey('what cannot be undone says so', async (console) => {
	const plan = aPlan({ undo: { none: 'the pod does not come back' } });
	console.responder.isHeld = true;
	await console.happens(console.responder.suggest(anApproval({ plan })));
	await console.waits(500);
	await console.press('respond.approve');
	await console.happens(console.responder.ends('A-0097'));
	await console.press('run.roll-back');
	console.shows('R-0097 cannot be undone: the pod does not come back');
	assert.deepEqual(console.asked('undo.asked'), []);
});

journey('what eventctl ran can be read, command by command', async (console) => {
	await console.press('ran.open');
	console.shows('nothing has run yet');
	await console.happens(storyApprovals);
	await console.press('ran.open');
	console.shows('what eventctl ran', 'eventctl run k8s.isolate-pod payments/pay-7d9f --yes');
	await console.press('overlay.close');
	console.hides('what eventctl ran');
});
