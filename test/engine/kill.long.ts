import { test } from 'node:test';
import { massacre } from '../support/killed-executors.ts';

test('3,000 approvals, eight executors, two hundred deaths: nothing starts twice, nothing is lost', (t) =>
	massacre(t, { approvals: 3000, executors: 8, deaths: 19 }));
