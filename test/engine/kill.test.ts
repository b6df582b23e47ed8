import { test } from 'node:test';
import { massacre } from '../support/killed-executors.ts';

test('300 approvals, four executors and kill -9 at each failpoint: nothing starts twice, nothing is lost', (t) =>
	massacre(t, { approvals: 300, executors: 4, deaths: 1 }));
