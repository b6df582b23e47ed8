import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stage } from '../../src/core/approval.ts';
import type { ToEngine } from '../../src/core/session.ts';
import { fireStops } from '../../src/state/fire-state.ts';
import { cellNames } from '../../src/state/list-state.ts';
import type { Message } from '../../src/state/message.ts';
import { type Model, screenNames } from '../../src/state/model.ts';
import { aConsole } from '../support/a-console.ts';
import { aModel, aSource, night, someCounts, toEngine } from '../support/a-model.ts';
import { anApproval, approvalsTold, olga } from '../support/an-approval.ts';
import { type Random, random } from '../support/random.ts';
import { ToyEngine } from '../support/toy-engine.ts';

/** A filter of the walk hides odd events. */
const engine = () => new ToyEngine((row, filter) => filter !== 'even' || row.seq % 2 === 0);

function aMessage(dice: Random): Message {
	const sign = dice.pick([1, -1] as const);
	return dice.pick<() => Message>([
		() => ({ type: 'cursor.moved', by: dice.below(7) - 3 }),
		() => ({ type: 'cursor.paged', by: sign * dice.pick([0.5, 1]) }),
		() => ({ type: 'cursor.sent', to: dice.pick(['first', 'last'] as const) }),
		() => ({ type: 'event.stepped', by: sign }),
		() => ({ type: 'list.paused' }),
		() => ({ type: 'list.followed' }),
		() => ({ type: 'list.sized', height: dice.below(30) }),
		() => ({ type: 'filter.changed', text: dice.pick(['', 'even', 'sev>=err']) }),
		() => ({ type: 'filter.toggled' }),
		() => ({ type: 'filter.went', to: dice.pick(['back', 'forth'] as const) }),
		() => ({ type: 'detail.wanted', seq: 1 + dice.below(500) }),
		() => ({ type: 'detail.closed' }),
		() => ({ type: 'detail.viewed', by: sign }),
		() => ({ type: 'event.marked', seq: 1 + dice.below(500) }),
		() => ({ type: 'cell.picked', by: sign }),
		() => ({ type: 'pane.changed' }),
		() => ({ type: 'screen.chosen', screen: dice.pick(screenNames) }),
		...respondMessages(dice),
		() => ({
			type: 'prompt.opened',
			kind: dice.pick(['filter', 'find', 'time'] as const),
			text: '',
		}),
		() => ({
			type: 'field.typed',
			edit: { kind: 'insert', text: dice.pick(['even', ' ', '"', '👩‍🚒', 'é']) },
		}),
		() => ({
			type: 'field.typed',
			edit: { kind: 'erase', what: dice.pick(['before', 'word', 'to-end'] as const) },
		}),
		() => ({
			type: 'field.typed',
			edit: { kind: 'move', to: dice.pick(['left', 'up', 'start'] as const) },
		}),
		() => ({ type: 'field.recalled', by: sign }),
		() => ({ type: 'field.searched' }),
		() => ({ type: 'completion.taken' }),
		() => ({ type: 'prompt.kept' }),
		() => ({ type: 'overlay.closed' }),
		() => ({ type: 'help.opened' }),
		() => ({ type: 'fire.opened' }),
		() => ({ type: 'fire.moved', to: dice.pick(fireStops) }),
		() => ({
			type: 'row.sought',
			filter: 'even',
			from: dice.below(500),
			towards: 'newer',
			what: 'even event',
		}),
		() => ({ type: 'time.passed', now: night + dice.below(100_000) }),
		() => someCounts({ sources: [aSource(), aSource({ name: 'nats' })] }),
	])();
}

/** Suggestions come and go while the hand is anywhere; a yes is given to whatever is there. */
function respondMessages(dice: Random): readonly (() => Message)[] {
	const id = `A-${String(dice.below(6)).padStart(4, '0')}`;
	const contentHash = dice.pick(['one', 'other']);
	const stage = dice.pick<Stage>([
		{ kind: 'proposed', by: [] },
		{ kind: 'approved', by: [olga], epoch: 0 },
		{ kind: 'expired' },
		{ kind: 'ok', by: [olga], epoch: 1, startedAt: night, endedAt: night + 9 },
	]);
	return [
		() =>
			approvalsTold([anApproval({ id, contentHash, rev: dice.below(9), stage })], {
				bySeq: [[1 + dice.below(500), id]],
			}),
		() => ({ type: 'dialog.opened', approval: id }),
		() => ({ type: 'dialog.moved', by: 1 }),
		() => ({ type: 'menu.opened', seq: 1 + dice.below(500) }),
		() => ({ type: 'deed.wanted', ask: { type: 'retry.asked', approval: id }, says: 'it' }),
		() => ({ type: 'deed.answered', id: dice.below(50), approval: id }),
		() => ({ type: 'grace.hastened' }),
		() => ({ type: 'grace.cancelled' }),
		() => ({ type: 'key.refused' }),
		() => ({ type: 'terminal.lost' }),
		() => ({ type: 'run.followed' }),
		() => ({ type: 'zoom.toggled' }),
	];
}

function assertWhole(model: Model, highest: number): void {
	const { list, detail, overlays } = model;
	if (list.selection !== 'tail') {
		assert.ok(list.selection >= 1 && list.selection <= highest, `no event ${list.selection}`);
	}
	assert.equal(list.selection === 'tail', list.anchor === 'tail');
	assert.equal(list.selection === 'tail', list.paused === undefined);
	assert.ok(cellNames.includes(list.cell));
	const { queue, selected } = model.approvals;
	assert.equal(new Set(queue).size, queue.length);
	assert.equal(selected, queue.length === 0 ? undefined : selected);
	assert.ok(selected === undefined || queue.includes(selected));
	assert.ok(detail.cursor >= 0 && detail.cursor <= Math.max(0, detail.lines.length - 1));
	for (const overlay of overlays) {
		if (overlay.kind !== 'prompt') continue;
		const { text, cursor } = overlay.prompt.field;
		assert.ok(cursor >= 0 && cursor <= text.length);
	}
}

const idsOf = (message: ToEngine) =>
	message.type === 'row.sought' || message.type === 'tags.wanted' || message.type === 'fired'
		? [`${message.type} ${message.id}`]
		: [];

test('through 10,000 messages the cursor is on an event or the tail, and nothing is asked twice', () => {
	const dice = random(20261121);
	const console = aConsole(engine(), aModel());
	console.arrive(500);
	for (let step = 0; step < 10_000; step++) {
		if (dice.below(200) === 0) console.arrive(dice.below(20));
		if (console.model.overlays.length > 3) console.tell({ type: 'overlay.closed' });
		console.tell(aMessage(dice));
		assertWhole(console.model, 500 + step * 20);
	}
	const asked = toEngine(console.effects);
	const ids = asked.flatMap(idsOf);
	assert.ok(ids.length > 100);
	assert.equal(new Set(ids).size, ids.length);
	assert.ok(!asked.some(({ type }) => type === 'fired'));
});
