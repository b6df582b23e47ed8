import assert from 'node:assert/strict';
import { type Journey, journey } from '../support/a-journey.ts';
import { anApproval } from '../support/an-approval.ts';

journey(
	'who looks elsewhere is called for an approval, and not twice in a breath',
	async (console) => {
		await console.hears({ kind: 'reply', focus: 'lost' });
		await console.happens(console.responder.suggest(anApproval()));
		assert.deepEqual(calls(console), ['approval']);
		await console.happens(console.responder.suggest(anApproval({ id: 'A-0098' })));
		assert.deepEqual(calls(console), ['approval']);
		await console.waits(11_000);
		await console.happens(console.responder.suggest(anApproval({ id: 'A-0099' })));
		assert.deepEqual(calls(console), ['approval', 'approval']);
	},
);

journey('who looks is not called', async (console) => {
	await console.hears({ kind: 'reply', focus: 'lost' }, { kind: 'reply', focus: 'gained' });
	await console.waits(60_000);
	await console.happens(console.responder.suggest(anApproval()));
	assert.deepEqual(calls(console), []);
});

journey('a terminal that never tells is watched as long as keys come', async (console) => {
	await console.press('move.up', 'list.follow');
	await console.happens(console.responder.suggest(anApproval()));
	assert.deepEqual(calls(console), []);
	await console.waits(31_000);
	await console.happens(console.responder.suggest(anApproval({ id: 'A-0098' })));
	assert.deepEqual(calls(console), ['approval']);
});

journey('a run that ends and a critical event call as well', async (console) => {
	console.responder.isHeld = true;
	await console.happens(console.responder.suggest(anApproval()));
	await console.waits(500);
	await console.press('respond.approve');
	await console.hears({ kind: 'reply', focus: 'lost' });
	await console.happens(console.responder.ends('A-0097'));
	assert.deepEqual(calls(console), ['run']);
	await console.waits(11_000);
	await console.arrive(1);
	assert.deepEqual(calls(console), ['run']);
	await console.arrive(1, { severity: 'crit' });
	assert.deepEqual(calls(console), ['run', 'critical']);
});

function calls({ effects }: Journey) {
	return effects.flatMap((effect) => (effect.type === 'alert' ? [effect.kind] : []));
}
