import assert from 'node:assert/strict';
import { type Journey, journey } from '../support/a-journey.ts';
import { aSurvey } from '../support/a-survey.ts';

async function opened(console: Journey): Promise<void> {
	await console.press('tags.toggle');
	await answered(console);
}

async function answered(console: Journey): Promise<void> {
	const request = console.asked('facets.wanted').at(-1);
	await console.happens(aSurvey(request?.id ?? 0));
}

journey(
	'the tree counts what the filter lets through, and a key keeps only a branch',
	async (console) => {
		await opened(console);
		assert.equal(console.asked('facets.wanted')[0]?.filter, '');
		console.shows('── tags', 'salt/', '812', '▸ job/', '── facets', 'web12', '48 more', 'fun ≥');
		await console.press('move.down', 'move.in', 'move.down');
		assert.match(console.underHand, /\*\/ret\/ +598/);
		await console.press('tags.only');
		assert.equal(console.asked('facets.wanted').at(-1)?.filter, 'tag:salt/job/*/ret/*');
		console.shows('/ tag:salt/job/*/ret/*', '✓');
		await console.press('tags.not');
		assert.equal(console.asked('view.wanted').at(-1)?.filter, '-tag:salt/job/*/ret/*');
		console.shows('✗');
		await console.press('tags.not', 'console.back');
		console.shows('all events', 'inotify');
		console.hides('── facets');
	},
);

journey('of a facet values join, and Enter keeps one alone', async (console) => {
	await opened(console);
	await console.press('facet.next', 'facet.next', 'facet.next', 'move.down', 'tags.only');
	await console.press('move.down', 'tags.only');
	console.shows('/ host:web12,web7');
	await console.press('tags.just');
	console.shows('/ host:web7');
	await console.press('facet.previous', 'tags.only');
	console.shows('this line is nothing to filter by');
	await console.press('move.in');
	console.shows('web99', '47 more');
});

journey(
	'counts are asked for anew while somebody looks, and never twice at once',
	async (console) => {
		await console.press('tags.toggle');
		await console.waits(10_000);
		assert.equal(console.asked('facets.wanted').length, 1);
		await answered(console);
		await console.waits(35_000);
		assert.equal(console.asked('facets.wanted').length, 1, 'counting took ten seconds');
		await console.waits(17_000);
		assert.equal(console.asked('facets.wanted').length, 2);
		await answered(console);
		await console.press('tags.toggle');
		await console.waits(10_000);
		assert.equal(console.asked('facets.wanted').length, 2);
	},
);

journey('counts that grow do not move the lines', async (console) => {
	await opened(console);
	await console.press('facet.next', 'facet.next', 'facet.next', 'move.down', 'move.down');
	console.shows('›    web7');
	await console.waits(4000);
	const { tags, facets, ...answer } = aSurvey(console.asked('facets.wanted').at(-1)?.id ?? 0);
	const grown = facets.map((facet) => ({ ...facet, values: facet.values.toReversed() }));
	await console.happens({ ...answer, tags: tags.toReversed(), facets: grown });
	await console.press('move.up');
	console.shows('›    web12');
	await console.press('move.first');
	assert.match(console.underHand, /salt\//);
});
