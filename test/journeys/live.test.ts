import assert from 'node:assert/strict';
import type { EventRow } from '../../src/core/session.ts';
import { journey } from '../support/a-journey.ts';
import { aWindow } from '../support/a-model.ts';
import { storyCounts } from '../support/a-story.ts';
import { anApproval, aPlan } from '../support/an-approval.ts';
import { anEvent } from '../support/rows.ts';

journey('moving up pauses, and what arrives then moves nothing', async (console) => {
	console.shows('── live ──', 'LIVE 42/s');
	await console.press('move.up', 'move.up');
	const chosen = console.underHand;
	assert.match(chosen, /Launch suspicious tool/);
	console.shows('PAUSED 42/s', '── paused at 03:06:36 ──');
	await console.arrive(37);
	assert.equal(console.underHand, chosen);
	console.shows('26 new below');
	await console.press('list.follow');
	console.shows('── live ──');
	console.hides('new below');
});

journey('a filter shows what it would leave with every letter', async (console) => {
	await console.press('filter.open');
	await console.type('web12 ');
	console.shows('12 → 7 match', 'inotify');
	console.hides('db3');
	await console.type('rc=2');
	console.shows('12 → 1 match');
	await console.press('prompt.keep');
	console.shows('/ web12  rc=2', '1 of 18 204');
});

journey('Esc leaves the filter as it was', async (console) => {
	await console.press('filter.open');
	await console.type('db3');
	console.hides('web7');
	await console.press('prompt.close');
	console.shows('web7', '12 of 18 204', 'all events');
});

journey('a filter that cannot be read points at its character', async (console) => {
	await console.press('filter.open');
	await console.type('rc!=0 and (host:db3');
	console.shows('^ column 11: this ( is not closed');
});

journey('the filter that hides all says how to see again', async (console) => {
	await console.press('filter.open');
	await console.type('nowhere');
	await console.press('prompt.keep');
	console.shows('0 of 18 204 match', '\\ shows all');
	await console.press('filter.toggle');
	console.shows('web7', 'nowhere  off');
});

journey('details open beside the list and close again', async (console) => {
	await console.press('move.up', 'detail.open');
	console.shows('PRETTY │ yaml │ json │ raw', 'ops.deploy.payments');
	await console.press('view.next', 'view.next');
	console.shows('pretty │ yaml │ JSON │ raw', '"seq": 11');
	await console.press('console.quit');
	console.hides('JSON');
	console.shows('── paused at');
});

journey('an event is fired only by a key at the buttons', async (console) => {
	await console.press('fire.open');
	await console.type('ops/a');
	console.shows('tag      ops/a');
	await console.press('fire.next');
	await console.type('a: 10');
	console.shows('types    a int');
	await console.press('fire.next', 'fire.next');
	assert.deepEqual(console.asked('fired'), []);
	await console.press('fire.send');
	const [fired] = console.asked('fired');
	assert.deepEqual(fired?.events, [
		{ tag: 'ops/a', data: Object.assign(Object.create(null), { a: 10 }) },
	]);
	console.shows('the bus has not answered yet');
	const says = 'seen again on the master bus';
	await console.happens({ type: 'fire.answered', id: fired?.id ?? 0, isConfirmed: true, says });
	console.shows(says);
});

journey('the sources tell what is wrong with one', async (console) => {
	await console.press('screen.sources', 'move.down', 'move.down', 'move.down');
	assert.match(console.underHand, /^›◐ st2 +lines/);
	console.shows('6 SOURCES', 'retry in 1 s (try 4): connection refused');
	await console.press('console.quit');
	console.shows('── live ──');
});

journey('the help does what its line says', async (console) => {
	await console.press('help.open');
	await console.type('sources');
	assert.match(console.underHand, /The sources/);
	await console.press('help.run');
	console.shows('6 SOURCES');
});

journey('the palette finds a command by a few letters', async (console) => {
	await console.press('palette.open');
	await console.type('utc');
	assert.match(console.underHand, /Local, UTC, relative time/);
	await console.press('prompt.keep');
	console.shows('ago');
});

journey('keys that may follow lie over the list, and Esc takes them away', async (console) => {
	await console.press('move.up');
	await console.type('y');
	console.shows('┌─ y ─', 't    Copy the tag');
	await console.type('t');
	console.hides('┌─ y ─');
	assert.deepEqual(
		console.effects.filter(({ type }) => type === 'copy'),
		[{ type: 'copy', text: 'ops.deploy.payments', what: 'the tag' }],
	);
});

journey(
	'a name whose letters are not what they seem is marked wherever it stands',
	async (console) => {
		const facts = { who: 'p\u0430yments', user: 'r\u043eot', summary: 'shell' };
		await console.happens(anOnlyWindow(anEvent({ seq: 11, tag: 'ops/shell', facts })));
		console.shows('▲p\u0430yments', '▲ops/shell');
		await console.press('move.up');
		await console.happens({ type: 'detail.wanted', seq: 11 });
		await console.happens({
			type: 'opened',
			seq: 11,
			row: anEvent({ seq: 11, facts }),
			blocks: [],
		});
		console.shows('▲ who p\u0430yments holds U+0430', '▲ user r\u043eot holds U+043E');
		const plan = aPlan({ targets: [{ name: 'p\u0430yments/pay', pins: {} }] });
		await console.happens({ type: 'detail.closed' }, { type: 'list.followed' });
		await console.happens(console.responder.suggest(anApproval({ plan })));
		console.shows('▲ name    p\u0430yments/pay holds U+0430: no Latin letter');
	},
);

function anOnlyWindow(row: EventRow) {
	return aWindow({ view: 1, rows: [row], matched: 1 });
}

journey('repeats stand behind the row they repeat, until X asks for each', async (console) => {
	const folded = anEvent({ seq: 11, fold: { count: 6, last: 16 } });
	const flagged = anEvent({ seq: 20, fold: { count: 12, last: 31 } });
	await console.happens(console.responder.suggest(anApproval(), 20));
	await console.happens(aWindow({ view: 1, rows: [folded, flagged], matched: 18 }));
	console.shows(' ×6', '×+⚑');
	await console.press('repeats.toggle');
	console.shows('every row stands for itself');
	assert.equal(console.asked('view.wanted').at(-1)?.isFolded, false);
});

journey('what was critical and fell before anybody saw it is told', async (console) => {
	await console.happens(
		aWindow({ view: 1, rows: [anEvent({ seq: 901 })], first: 900, oldest: 7, fallen: 2 }),
	);
	console.shows('2 CRIT older than the buffer: above all');
	await console.press('move.first');
	assert.deepEqual(console.asked('view.wanted').at(-1)?.anchor, { seq: 7, line: 0 });
	await console.happens({ ...storyCounts, unkept: 3 });
	console.shows('3 CRIT lost unseen');
});
