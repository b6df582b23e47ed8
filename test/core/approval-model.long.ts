import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advance } from '../../src/core/stage.ts';
import { exploreApproval } from './approval-model.ts';

test('three executors keep every promise too', () => {
	for (const tier of [2, 4] as const) {
		assert.equal(exploreApproval(advance, { tier, executors: 3 }).violation, undefined);
	}
});
