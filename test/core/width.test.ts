import assert from 'node:assert/strict';
import { test } from 'node:test';
import stringWidth from 'string-width';
import { safeText } from '../../src/core/safe-text.ts';
import { displayWidth, stableTextWidth } from '../../src/core/width.ts';
import { hostileStrings } from '../support/hostile.ts';

test('safe text is as wide as Ink measures it', () => {
	for (const { name, text } of hostileStrings()) {
		const shown = safeText(text);
		assert.equal(displayWidth(shown), stringWidth(shown), name);
	}
	const drawn = '─│·…⏎●✓✗▲ naïve 漢字 ﬁ \u0301e\u0301 ⟨U+202E⟩';
	assert.equal(displayWidth(drawn), stringWidth(drawn));
});

test('a text with a character of no certain width has none itself', () => {
	for (const text of ['a\tb', 'a\u200db', '\x1b[1m', '👩\u200d🚀', '\u05d0']) {
		assert.equal(stableTextWidth(text), undefined, JSON.stringify(text));
	}
});
