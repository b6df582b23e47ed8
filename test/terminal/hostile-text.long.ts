import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AllowList } from '../../components/terminal/allow-list.ts';
import { safeCell, safeText } from '../../src/core/safe-text.ts';
import { displayWidth } from '../../src/core/width.ts';
import { decodeCell, decodeFile, decodeScreen } from '../support/decode-shown.ts';
import { hostileText } from '../support/hostile-text.ts';
import { random } from '../support/random.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);

test(`five million generated texts are shown whole, in their columns and harmlessly (SEED=${seed})`, () => {
	const source = random(seed);
	const allowList = new AllowList();
	for (let round = 0; round < 5_000_000; round++) {
		const text = hostileText(source);
		const columns = 4 + source.below(80);
		const [screen, file, cell] = [safeText(text), safeText(text, 'file'), safeCell(text, columns)];
		const { text: shown, missing } = decodeCell(cell);
		const left = text.slice(shown.length);
		const isHarmless = [screen, file, cell].every((output) => allowList.filter(output) === output);
		const isWhole = decodeScreen(screen) === text && decodeFile(file) === text;
		const isCut = cell === '…' || (text.startsWith(shown) && [...left].length === missing);
		const fits = displayWidth(cell) <= columns;
		assert.ok(isHarmless && isWhole && isCut && fits, JSON.stringify(text));
	}
});
