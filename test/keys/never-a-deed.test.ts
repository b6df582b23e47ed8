import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadKeymap } from '../../src/keys/load.ts';
import { gazeKey } from '../../src/state/card.ts';
import type { Message } from '../../src/state/message.ts';
import type { Model } from '../../src/state/model.ts';
import { aKeyboard, type TestKeyboard } from '../support/a-keyboard.ts';
import { after, aModelWith, toEngine } from '../support/a-model.ts';
import { anApproval, aPlan, approvalsTold, olga } from '../support/an-approval.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { hostileStrings } from '../support/hostile.ts';
import { random } from '../support/random.ts';

const keymap = loadKeymap();
const now = fakeClock().now();
const notAfter = new Date(now + 3_600_000).toISOString();
const targets = [{ name: 'web12', pins: {} }];

/** Everything is there that one lone key would need: a card, a run to roll back, offers. */
const told = approvalsTold(
	[
		anApproval({ plan: aPlan({ notAfter }) }),
		anApproval({ id: 'A-0099', plan: aPlan({ notAfter, tier: 3, targets, run: 'R-0099' }) }),
		anApproval({
			id: 'A-0090',
			stage: { kind: 'ok', by: [olga], epoch: 1, startedAt: now - 9000, endedAt: now - 8000 },
		}),
	],
	{ bySeq: [[3, 'A-0097']] },
);

/** The model as it is when what it shows has stood on the screen for this long. */
function stood(forMs: number, ...messages: readonly Message[]): Model {
	const model = after(aModelWith(), { type: 'time.passed', now }, told, ...messages);
	const key = gazeKey(model) ?? assert.fail('no card is on the screen');
	const at = now - forMs;
	return after(model, { type: 'card.shown', key, isWhole: true, at }, { type: 'time.passed', now });
}

function typed(text: string): Message {
	return { type: 'field.typed', edit: { kind: 'insert', text } };
}

const next: Message = { type: 'dialog.moved', by: 1 };

/** Where the next lone `a` would run something. */
const scenes: Readonly<Record<string, Model>> = {
	card: stood(5000),
	queue: stood(5000, { type: 'screen.chosen', screen: 'approvals' }),
	grace: stood(
		500,
		{ type: 'deed.wanted', ask: { type: 'retry.asked', approval: 'A-0097' }, says: 'it' },
		{ type: 'deed.answered', id: 1, approval: 'A-0097' },
	),
	dialog: stood(
		5000,
		{ type: 'dialog.opened', approval: 'A-0099' },
		typed('because'),
		next,
		typed('web12'),
		next,
	),
};

const deeds: ReadonlySet<string> = new Set([
	'approved',
	'deed.asked',
	'undo.asked',
	'retry.asked',
	'edited',
	'run.killed',
	'fired',
]);

/** What was asked for that reaches beyond the screen. */
function done({ effects }: TestKeyboard): readonly string[] {
	return toEngine(effects).flatMap(({ type }) => (deeds.has(type) ? [type] : []));
}

/** Time goes on until every bar would have run down. */
function outwait(keys: TestKeyboard): void {
	keys.clock.advance(4000);
	keys.tell({ type: 'time.passed', now: keys.clock.now() });
}

test('a bar that nothing disturbs runs down, so what stops it is seen to', () => {
	const keys = aKeyboard(scenes['grace'], keymap);
	outwait(keys);
	assert.deepEqual(done(keys), ['approved']);
});

for (const [name, model] of Object.entries(scenes)) {
	test(`${name}: a lone a says yes once, and never by being held`, () => {
		const keys = aKeyboard(model, keymap);
		keys.press('a');
		assert.deepEqual(done(keys), ['approved']);
		for (let repeat = 0; repeat < 60; repeat++) {
			keys.hear({ kind: 'key', stroke: 'a', text: 'a', isAlone: true });
			keys.clock.advance(33);
		}
		assert.deepEqual(done(keys), ['approved']);
	});

	test(`${name}: Enter, space, Esc, y, digits and capitals say no yes`, () => {
		for (const stroke of ['enter', 'space', 'esc', 'y', '1', '7', 'A', 'Y', '~', '[']) {
			const keys = aKeyboard(model, keymap);
			keys.press(stroke);
			outwait(keys);
			assert.deepEqual(done(keys), [], stroke);
		}
	});

	test(`${name}: what terminals and pastes send says no yes, whole or cut at any byte`, () => {
		const endings = ['', 'a', '\x1b[a', 'aaaa'];
		for (const { name: string, bytes } of hostileStrings('terminal-input')) {
			for (const ending of endings) {
				const input = Buffer.concat([bytes, Buffer.from(ending)]);
				for (const cut of cutsOf(input.length)) {
					for (const gapMs of [0, 25]) {
						const keys = aKeyboard(model, keymap);
						if (cut > 0) keys.feed(input.subarray(0, cut));
						keys.clock.advance(gapMs);
						keys.feed(input.subarray(cut));
						outwait(keys);
						assert.deepEqual(done(keys), [], `${string} + ${ending} cut at ${cut}, ${gapMs} ms`);
					}
				}
			}
		}
	});

	test(`${name}: floods of letters and broken escapes say no yes`, () => {
		const dice = random(400);
		for (let story = 0; story < 100; story++) {
			const keys = aKeyboard(model, keymap);
			for (let read = 0; read < 40; read++) {
				keys.feed(
					Buffer.from(dice.pick(['aa', '\x1b', '\x1b[', '1', '[', 'O', ';', '\x1b[201~', 'ab'])),
				);
				keys.clock.advance(dice.below(26));
			}
			outwait(keys);
			assert.deepEqual(done(keys), [], `story ${story}`);
		}
	});
}

/** Every place of a short input, the places near both ends of a long one. */
function cutsOf(length: number): readonly number[] {
	return Array.from({ length }, (_, at) => at).filter((at) => at < 40 || at > length - 40);
}
