import assert from 'node:assert/strict';
import { journey } from '../support/a-journey.ts';
import { storyApprovals, storyRecords, storyRules } from '../support/a-response.ts';

journey('the audit shows who did what, newest first, and the whole record', async (console) => {
	console.responder.records = storyRecords;
	await console.happens(storyApprovals);
	await console.press('screen.audit');
	console.shows(
		'4 AUDIT',
		'chain ok #7',
		'lost sight of R-0093',
		'approve A-0094 (T2, plan 9f31c2)',
	);
	await console.press('move.down', 'move.down', 'move.down');
	console.shows(
		'run R-0094 k8s.isolate-pod',
		'eventctl run k8s.isolate-pod payments/pay-7d9f --yes',
	);
	console.shows('rev 5', '44ac12000000… → b7e112000000…');
	await console.press('deed.copy');
	assert.deepEqual(console.effects.at(-1), {
		type: 'copy',
		text: 'eventctl run k8s.isolate-pod payments/pay-7d9f --yes',
		what: 'the command line',
	});
	await console.press('run.roll-back');
	assert.deepEqual(
		console.asked('undo.asked').map(({ approval }) => approval),
		['A-0094'],
	);
});

journey('the audit is filtered by what its records hold', async (console) => {
	console.responder.records = storyRecords;
	await console.press('screen.audit', 'audit.filter');
	await console.type('nginx');
	await console.press('prompt.keep');
	console.shows('note N-0004', 'that hold: nginx');
	console.hides('claim C-0003');
	await console.press('audit.open');
	console.shows('record     #14 note');
});

journey('a rule says what it looks for, and what it would have suggested', async (console) => {
	await console.happens(storyRules);
	await console.press('screen.rules');
	console.shows('5 RULES', 'falco-shell', 'suspended', 'playbook:contain-host {host}');
	await console.press('rule.backtest');
	console.shows('falco-shell over the buffer', '12 events looked at', 'event 7: isolate-pod');
	await console.press('overlay.close', 'move.last');
	console.shows('it took more than 50 ms for an event three times');
});

journey('W says of an event why each rule did or did not fire', async (console) => {
	console.responder.explanations = [
		{
			rule: 'crypto-miner',
			verdict: 'missed',
			because: 'one criterion is not met',
			criteria: [{ says: 'proc.name:xmrig', isMet: false, why: 'it is bash' }],
		},
	];
	await console.press('move.up', 'rules.why');
	console.shows('crypto-miner missed', '✗ proc.name:xmrig · it is bash');
	assert.equal(console.asked('explain.wanted')[0]?.seq, 11);
	await console.press('overlay.close');
	console.shows('── paused at');
});

journey('a claim, a note and a silence are ours, and taken back by one key', async (console) => {
	await console.press('move.up', 'event.claim');
	assert.deepEqual(
		console.asked('acknowledged').map(({ seqs }) => seqs),
		[[11]],
	);
	await console.press('move.down');
	console.shows('cnote 03:06:31');
	await console.press('move.up', 'event.note');
	await console.type('roll-out');
	await console.press('prompt.keep');
	assert.deepEqual(
		console.asked('noted').map(({ seqs, text }) => [seqs, text]),
		[[[11], 'roll-out']],
	);
	await console.press('detail.open');
	console.shows('claimed by olga', 'note by olga: roll-out');
	await console.press('detail.close', 'event.silence', 'prompt.keep');
	assert.deepEqual(
		console.asked('silenced').map(({ filter }) => filter),
		['src:nats'],
	);
	await console.press('respond.undo', 'respond.undo', 'respond.undo', 'respond.undo');
	assert.deepEqual(
		console.asked('taken-back').map(({ record }) => record),
		['silence-3', 'note-2', 'claim-1'],
	);
	console.shows('no claim, note or silence of yours is there');
});

journey('nothing is done to marked rows that are out of sight', async (console) => {
	await console.press('move.up', 'mark.toggle', 'filter.open');
	await console.type('db3');
	await console.press('prompt.keep', 'event.claim');
	console.shows('1 of 1 marked rows are not on the screen');
	assert.deepEqual(console.asked('acknowledged'), []);
});

journey('the form says what an event would wake before it is sent', async (console) => {
	await console.press('fire.open');
	await console.type('ops/deploy');
	await console.press('fire.next', 'fire.next');
	assert.equal(console.asked('waking.wanted')[0]?.tag, 'ops/deploy');
	console.shows('wakes    T1: rule deploy-note (T0)');
	await console.press('fire.next', 'fire.send');
	assert.equal(console.asked('fired').length, 1);
});

journey(
	'what would wake a T3 is planned and asked for by its dialog, and not sent',
	async (console) => {
		const wakes = [{ says: 'rule wipe-it (suggests host.wipe)', tier: 3 as const }];
		console.responder.waking = { wakes, tier: 3 };
		console.responder.planned = { tier: 3 };
		await console.press('fire.open');
		await console.type('ops/deploy');
		await console.press('fire.next');
		await console.type('n: 9007199254740993');
		await console.press('fire.next', 'fire.next', 'fire.send');
		assert.deepEqual(console.asked('fired'), []);
		assert.deepEqual(console.asked('deed.asked')[0]?.params, {
			tag: 'ops/deploy',
			data: { n: '9007199254740993' },
			source: 'salt',
		});
		console.shows('APPROVE · T3');
		assert.deepEqual(console.asked('approved'), []);
	},
);

journey('a plan that cannot be made says why', async (console) => {
	console.responder.refused = 'no rights to patch pods in payments';
	console.responder.offers = [
		{
			action: 'k8s.isolate-pod',
			title: 'Isolate the pod',
			letter: 'i',
			tier: 2,
			target: 'payments/pay-7d9f',
		},
	];
	await console.press('move.up', 'respond.isolate');
	console.shows('no rights to patch pods in payments');
	console.hides('asked for by you');
});

journey('where all is stopped the screen says so, and nothing is approved', async (console) => {
	const banner = 'everything is stopped: eventctl stop --clear lifts it';
	await console.happens({ ...storyApprovals, isStopped: true, banner });
	await console.waits(500);
	console.shows(banner);
	await console.press('respond.approve');
	assert.deepEqual(console.asked('approved'), []);
});
