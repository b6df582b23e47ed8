import assert from 'node:assert/strict';
import { type Journey, journey } from '../support/a-journey.ts';
import { keyToken } from '../support/a-keyboard.ts';
import { anApproval, aPlan } from '../support/an-approval.ts';

const offers = [
	{
		action: 'k8s.isolate-pod',
		title: 'Isolate the pod',
		letter: 'i',
		tier: 2,
		target: 'payments/pay-7d9f',
	},
	{ action: 'k8s.logs', title: 'Its log', tier: 0, target: 'payments/pay-7d9f' },
	{ action: 'k8s.drain-node', title: 'Drain the node', letter: 'd', tier: 3, target: 'web12' },
	{
		action: 'host.lockdown',
		title: 'Lock the host down',
		letter: 'l',
		tier: 2,
		target: 'web12',
		blocked: 'web12 is protected',
	},
] as const;

/** The operator asked for an isolation by one key, and its bar stands on the screen. */
async function inGrace(console: Journey) {
	console.responder.offers = offers;
	await console.press('move.up');
	await console.hears(keyToken('i'));
	await console.waits(100);
	console.shows('asked for by you', 'runs in');
}

const approved = (console: Journey) => console.asked('approved').map(({ approval }) => approval);

journey('an isolation asked for runs by itself after three seconds', async (console) => {
	await inGrace(console);
	await console.waits(2700);
	assert.deepEqual(approved(console), []);
	await console.waits(300);
	assert.deepEqual(approved(console), ['A-0098']);
	console.hides('asked for by you');
});

journey('in its first moments a grace bar hears only Esc', async (console) => {
	await inGrace(console);
	await console.hears(keyToken('i'), keyToken('a'), keyToken('x'));
	console.shows('asked for by you');
	await console.hears(keyToken('esc'));
	console.hides('asked for by you');
	await console.waits(4000);
	assert.deepEqual(approved(console), []);
	assert.deepEqual(
		console.asked('rejected').map(({ approval }) => approval),
		['A-0098'],
	);
});

journey('any key but one stops what is about to run', async (console) => {
	await inGrace(console);
	await console.waits(500);
	await console.hears(keyToken('j'));
	console.shows('A-0098 cancelled: nothing ran');
	await console.waits(4000);
	assert.deepEqual(approved(console), []);
});

journey('the one key hastens it', async (console) => {
	await inGrace(console);
	await console.waits(500);
	await console.hears(keyToken('a'));
	await console.waits(100);
	assert.deepEqual(approved(console), ['A-0098']);
});

journey('a key that came with others hastens nothing: it stops it', async (console) => {
	await inGrace(console);
	await console.waits(500);
	await console.hears(keyToken('a', false), keyToken('a', false));
	await console.waits(4000);
	assert.deepEqual(approved(console), []);
});

journey('a changed plan does not run', async (console) => {
	await inGrace(console);
	const list = console.responder.list.map((one) => ({ ...one, contentHash: 'other' }));
	console.responder.list = list;
	await console.happens(console.responder.told());
	console.shows('A-0098: its plan changed: nothing runs');
	await console.waits(4000);
	assert.deepEqual(approved(console), []);
});

journey('a lost terminal stops what is about to run', async (console) => {
	await inGrace(console);
	await console.happens({ type: 'terminal.lost' });
	await console.waits(4000);
	assert.deepEqual(approved(console), []);
});

journey('the menu shows all that fits, and why some cannot be asked for', async (console) => {
	console.responder.offers = offers;
	await console.press('move.up', 'respond.menu');
	console.shows('i  Isolate the pod', 'T2  payments/pay-7d9f', 'web12 is protected');
	await console.type('l');
	console.shows('web12 is protected');
	assert.deepEqual(console.asked('deed.asked'), []);
	await console.type('a');
	assert.deepEqual(
		console.asked('deed.asked').map(({ action }) => action),
		['k8s.logs'],
	);
});

journey('a look at something runs at once', async (console) => {
	console.responder.offers = offers;
	console.responder.planned = { tier: 0 };
	await console.press('move.up', 'respond.menu');
	await console.type('a');
	assert.deepEqual(approved(console), ['A-0098']);
});

/** A T3 stands on the screen, and the operator turned to it. */
async function inDialog(console: Journey) {
	const plan = aPlan({
		action: 'k8s.drain-node',
		tier: 3,
		targets: [{ name: 'web12', pins: {} }],
		undo: { none: 'pods do not come back' },
	});
	await console.happens(console.responder.suggest(anApproval({ plan })));
	await console.waits(500);
	await console.press('respond.approve');
	console.shows('APPROVE · T3 · cannot be undone', 'type  web12  to unlock:', 'locked: say why');
}

journey('what cannot be undone takes a reason, the typed name, and a key', async (console) => {
	await inDialog(console);
	await console.type('suspected C2');
	await console.press('dialog.next');
	console.shows('locked: the name does not match yet');
	await console.type('web12');
	await console.press('dialog.next', 'dialog.run');
	assert.deepEqual(console.asked('approved'), [
		{
			type: 'approved',
			approval: 'A-0097',
			contentHash: anApproval().contentHash,
			typedName: 'web12',
			reason: 'suspected C2',
		},
	]);
});

journey('a wrong name, Enter and a letter in a field run nothing', async (console) => {
	await inDialog(console);
	await console.type('because');
	await console.press('dialog.next');
	await console.type('web1a');
	await console.press('dialog.next', 'dialog.run', 'dialog.enter');
	console.shows('Enter never runs anything');
	assert.deepEqual(approved(console), []);
});

journey('a pasted name does not count, nor one that came in a chunk', async (console) => {
	await inDialog(console);
	await console.type('because');
	await console.press('dialog.next');
	await console.hears({ kind: 'paste', text: 'web12' });
	console.shows('a paste does not count: type the name');
	await console.hears(...Array.from('web12', (letter) => keyToken(letter, false)));
	await console.press('dialog.next', 'dialog.run');
	assert.deepEqual(approved(console), []);
});

journey('Esc leaves the dialog, and the reason is still there', async (console) => {
	await inDialog(console);
	await console.type('suspected C2');
	await console.press('overlay.close');
	console.hides('APPROVE · T3');
	await console.waits(500);
	await console.press('respond.approve');
	console.shows('suspected C2');
	assert.deepEqual(approved(console), []);
});

journey('a lost terminal closes the dialog', async (console) => {
	await inDialog(console);
	await console.happens({ type: 'terminal.lost' });
	console.hides('APPROVE · T3');
});

journey('a T4 waits for a second person', async (console) => {
	const plan = aPlan({ tier: 4, targets: [{ name: 'edge', pins: {} }] });
	await console.happens(console.responder.suggest(anApproval({ plan })));
	console.shows('two people have to say yes; one console alone cannot');
	await console.waits(500);
	await console.press('respond.approve');
	await console.type('C2');
	await console.press('dialog.next');
	await console.type('edge');
	await console.press('dialog.next', 'dialog.run');
	assert.equal(console.asked('approved').length, 1);
	console.shows('olga said yes; it waits for a second person');
	await console.press('respond.approve');
	console.shows('you have said yes; it waits for a second person');
	assert.equal(console.asked('approved').length, 1);
});
