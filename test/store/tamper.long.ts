import { test } from 'node:test';
import { tamperWithJournals, tamperWithTables } from '../support/tampering.ts';

const rounds = 50_000;

test(`whoever changes what is kept is found, in ${rounds} journals and as many tables`, async () => {
	await tamperWithJournals(rounds, 7);
	await tamperWithTables(rounds, 8);
});
