import assert from 'node:assert/strict';
import { journey } from '../support/a-journey.ts';
import { keyToken } from '../support/a-keyboard.ts';
import { anApproval, aPlan, ivan } from '../support/an-approval.ts';
import { storyTime } from '../support/rows.ts';

journey('a card that has stood still is approved by one key', async (console) => {
	await console.happens(console.responder.suggest(anApproval()));
	console.shows('⚑ k8s.isolate-pod payments/pay-7d9f', 'T2   A-0097', '⚑1');
	console.shows('Terminal shell in container · Outbound to C2 list', 'undo      release-pod');
	await console.waits(400);
	await console.press('respond.approve');
	const [yes] = console.asked('approved');
	assert.deepEqual([yes?.approval, yes?.contentHash], ['A-0097', anApproval().contentHash]);
	console.hides('⚑ k8s.isolate-pod');
});

journey(
	'a key that comes too early is refused, and the card has to stand anew',
	async (console) => {
		await console.happens(console.responder.suggest(anApproval()));
		await console.waits(300);
		await console.hears(keyToken('a'));
		await console.waits(100);
		console.shows('this came up just now');
		await console.hears(keyToken('a'));
		await console.waits(100);
		assert.deepEqual(console.asked('approved'), []);
		await console.waits(400);
		await console.press('respond.approve');
		assert.equal(console.asked('approved').length, 1);
	},
);

journey('what moved under the finger is not approved', async (console) => {
	await console.happens(console.responder.suggest(anApproval()));
	await console.waits(1000);
	const other = anApproval({
		id: 'A-0098',
		plan: aPlan({ run: 'R-0098', action: 'host.lockdown' }),
	});
	await console.happens(
		console.responder.suggest(other),
		console.responder.becomes('A-0097', { kind: 'expired' }),
	);
	console.shows('host.lockdown');
	await console.press('respond.approve');
	assert.deepEqual(console.asked('approved'), []);
	console.shows('this came up just now');
});

journey('a held key never walks the queue', async (console) => {
	const ids = ['A-0097', 'A-0098', 'A-0099'];
	for (const id of ids) await console.happens(console.responder.suggest(anApproval({ id })));
	await console.waits(1000);
	for (let repeat = 0; repeat < 100; repeat += 1) {
		await console.hears(keyToken('a'));
		await console.waits(100);
	}
	assert.deepEqual(
		console.asked('approved').map(({ approval }) => approval),
		['A-0097'],
	);
});

journey('who was first is told', async (console) => {
	await console.happens(console.responder.suggest(anApproval()));
	await console.press('screen.approvals');
	console.shows('2 APPROVALS 1');
	const stage = { kind: 'approved', by: [ivan], epoch: 1 } as const;
	await console.happens(console.responder.becomes('A-0097', stage));
	await console.waits(500);
	await console.press('respond.approve');
	console.shows('A-0097 was approved by ivan');
	assert.deepEqual(console.asked('approved'), []);
});

journey('what expired is not approved', async (console) => {
	const notAfter = new Date(storyTime + 30_000).toISOString();
	await console.happens(console.responder.suggest(anApproval({ plan: aPlan({ notAfter }) })));
	await console.press('screen.approvals');
	await console.waits(7000);
	console.shows('over');
	await console.press('respond.approve');
	console.shows('A-0097 expired');
	assert.deepEqual(console.asked('approved'), []);
});

journey('a rejection takes a reason', async (console) => {
	await console.happens(console.responder.suggest(anApproval()));
	await console.press('respond.reject', 'prompt.keep');
	assert.deepEqual(console.asked('rejected'), []);
	await console.type('known test');
	await console.press('prompt.keep');
	assert.deepEqual(console.asked('rejected'), [
		{ type: 'rejected', approval: 'A-0097', reason: 'known test' },
	]);
	console.hides('⚑ k8s.isolate-pod');
});

journey(
	'in the queue new ones join at the end and nothing moves under the hand',
	async (console) => {
		const expiring = (id: string, ms: number) =>
			anApproval({
				id,
				plan: aPlan({ run: `R-${id}`, notAfter: new Date(storyTime + ms).toISOString() }),
			});
		await console.happens(console.responder.suggest(expiring('A-0101', 200_000)));
		await console.happens(console.responder.suggest(expiring('A-0102', 300_000)));
		await console.press('screen.approvals', 'move.down');
		const before = console.underHand;
		assert.match(before, /4:3\d/);
		await console.happens(console.responder.suggest(expiring('A-0103', 100_000)));
		assert.match(console.underHand, /4:3\d/);
		await console.press('console.quit', 'screen.approvals');
		console.shows('A-0102');
	},
);

journey('a snoozed one leaves the list and stays in the queue', async (console) => {
	await console.happens(console.responder.suggest(anApproval()));
	await console.press('screen.approvals', 'respond.snooze');
	assert.equal(console.asked('snoozed').length, 1);
	console.shows('snoozed');
	await console.press('console.quit');
	console.hides('⚑ k8s.isolate-pod');
});

journey('a change makes a new plan, which is approved by itself', async (console) => {
	await console.happens(console.responder.suggest(anApproval()));
	await console.press('screen.approvals', 'respond.edit');
	console.shows('edit A-0097', 'pod: pay-7d9f');
	await console.press('dialog.next', 'dialog.run');
	const [edited] = console.asked('edited');
	assert.deepEqual(edited?.params, { namespace: 'payments', pod: 'pay-7d9f' });
	console.shows('A-0098', 'superseded');
	await console.press('respond.approve');
	assert.deepEqual(
		console.asked('approved').map(({ approval }) => approval),
		['A-0098'],
	);
});

journey('the palette and the help go to the card, and Enter approves nothing', async (console) => {
	await console.happens(console.responder.suggest(anApproval()));
	await console.waits(1000);
	await console.press('palette.open');
	await console.type('approve');
	assert.match(console.underHand, /Approve the card/);
	await console.press('prompt.keep');
	console.shows('2 APPROVALS', 'Enter runs nothing: press its key');
	await console.press('help.open');
	await console.type('approve the card');
	await console.press('help.run');
	assert.deepEqual(console.asked('approved'), []);
});

journey('Enter opens the whole card and the difference is read, nothing runs', async (console) => {
	await console.happens(console.responder.suggest(anApproval()));
	await console.press('screen.approvals', 'card.open');
	console.shows('same as', 'kubectl -n payments label pod');
	await console.press('card.diff');
	console.shows('NetworkPolicy isolate-r-0097');
	await console.press('overlay.close', 'console.quit');
	console.shows('2 APPROVALS');
	assert.deepEqual(console.asked('approved'), []);
});

journey(
	'in the queue a brief card that shows all a yes needs is enough for one',
	async (console) => {
		const command = `kubectl apply -f ${'a-long-name/'.repeat(200)}policy.yaml`;
		const plan = aPlan({ steps: [{ says: 'NetworkPolicy deny in, out', command }] });
		await console.happens(console.responder.suggest(anApproval({ plan })));
		await console.press('screen.approvals');
		console.hides('kubectl apply');
		console.shows('undo      release-pod');
		await console.waits(400);
		await console.press('respond.approve');
		assert.equal(console.asked('approved').length, 1);
	},
);

journey(
	'the card that stands stays, and the key beside it leads to the others',
	async (console) => {
		await console.happens(console.responder.suggest(anApproval()));
		console.hides('also (x)');
		const worse = anApproval({
			id: 'A-0098',
			plan: aPlan({ run: 'R-0098', action: 'k8s.delete-pod', tier: 3 }),
		});
		await console.happens(console.responder.suggest(worse));
		console.shows('A-0097', '1 of 2', 'also (x)  k8s.delete-pod payments/pay-7d9f (T3)');
		await console.press('move.up', 'move.up', 'move.up', 'move.up', 'move.up');
		await console.press('respond.menu');
		console.shows('1  ⚑ k8s.delete-pod');
		await console.hears(keyToken('1'));
		console.shows('2 of 2', 'also (x)  k8s.isolate-pod payments/pay-7d9f (T2)');
		assert.deepEqual(console.asked('approved'), []);
	},
);

journey('a message is told by what it says, not by its name twice', async (console) => {
	const tells = { says: 'tell ops: a shell in payments', command: 'POST' };
	const plan = aPlan({
		action: 'incidents',
		targets: [{ name: 'incidents', pins: {} }],
		steps: [tells],
	});
	await console.happens(console.responder.suggest(anApproval({ plan })));
	console.shows('⚑ incidents tell ops: a shell in payments');
	await console.press('screen.approvals');
	console.shows('tell ops: a shell in payments');
	console.hides('incidents incidents');
});
