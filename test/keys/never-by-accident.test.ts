import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadKeymap, presetNames } from '../../src/keys/load.ts';
import type { Model } from '../../src/state/model.ts';
import { aKeyboard, type TestKeyboard } from '../support/a-keyboard.ts';
import { toEngine } from '../support/a-model.ts';
import { hostileStrings } from '../support/hostile.ts';
import { random } from '../support/random.ts';

const keymaps = new Map(presetNames.map((name) => [name, loadKeymap(name)]));
const loaded = loadedModel();

function loadedModel(): Model {
	const keys = aKeyboard(undefined, keymaps.get('default'));
	keys.press('p');
	keys.type('ops/deploy/done');
	keys.press('tab', 'tab', 'tab');
	return keys.model;
}

/** A console whose next lone `a` would send an event. */
function aLoadedForm(preset: (typeof presetNames)[number] = 'default'): TestKeyboard {
	return aKeyboard(loaded, keymaps.get(preset));
}

/** Every place of a short input, the places near both ends of a long one. */
function cutsOf(length: number): readonly number[] {
	return Array.from({ length }, (_, at) => at).filter((at) => at < 40 || at > length - 40);
}

function fires({ effects }: TestKeyboard): number {
	return toEngine(effects).filter(({ type }) => type === 'fired').length;
}

test('a lone a sends, once, and being held sends no second time', () => {
	const keys = aLoadedForm();
	keys.press('a');
	assert.equal(fires(keys), 1);
	keys.press('a', 'a', 'a');
	assert.equal(fires(keys), 1);
});

test('Enter, space, y, capitals and digits never send', () => {
	for (const preset of presetNames) {
		const keys = aLoadedForm(preset);
		keys.press('enter', 'space', 'y', 'A', '1', '~', 'esc');
		assert.equal(fires(keys), 0);
	}
});

test('what terminals and pastes send never fires, whole or cut at any byte, up to 25 ms apart', () => {
	const endings = ['', 'a', '\x1b[a', 'aaaa'];
	for (const { name, bytes } of hostileStrings('terminal-input')) {
		for (const ending of endings) {
			const input = Buffer.concat([bytes, Buffer.from(ending)]);
			for (const cut of cutsOf(input.length)) {
				for (const gapMs of [0, 25]) {
					const keys = aLoadedForm();
					if (cut > 0) keys.feed(input.subarray(0, cut));
					keys.clock.advance(gapMs);
					keys.feed(input.subarray(cut));
					keys.clock.advance(3000);
					assert.equal(fires(keys), 0, `${name} + ${ending} cut at ${cut}, ${gapMs} ms`);
				}
			}
		}
	}
});

test('floods of letters and broken escapes never fire', () => {
	const dice = random(400);
	for (let story = 0; story < 200; story++) {
		const keys = aLoadedForm();
		keys.feed(Buffer.from(dice.pick(['\x1b', '\x1b[', '\x1bO', 'aa', '\x1b[200~', 'j'])));
		for (let read = 0; read < 40; read++) {
			keys.clock.advance(dice.below(26));
			keys.feed(
				Buffer.from(
					dice.pick(['a', 'a', 'aa', '\x1b', '\x1b[', '1', '[', 'O', ';', '\t', '\x1b[201~']),
				),
			);
			assert.equal(fires(keys), 0, `story ${story}`);
		}
		keys.clock.advance(3000);
		assert.equal(fires(keys), 0, `story ${story}`);
	}
});
