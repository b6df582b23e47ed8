import assert from 'node:assert/strict';
import { Refusal } from '../../src/core/action.ts';

/** Holds where it ends as a refusal in these words. */
export async function refused(promise: Promise<unknown>, words: RegExp): Promise<void> {
	await assert.rejects(promise, (thrown) => {
		assert.ok(thrown instanceof Refusal, `${thrown}`);
		assert.match(thrown.message, words);
		return true;
	});
}
