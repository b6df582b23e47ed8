import assert from 'node:assert/strict';
import { type Journey, journey } from '../support/a-journey.ts';
import { storyCounts } from '../support/a-story.ts';

journey(
	'bars show how often what is severe happened, and their length is changed',
	async (console) => {
		const [first] = console.asked('bars.wanted');
		assert.equal(first?.bucketMs, 60_000);
		await answered(console);
		console.shows(' crit ▁▁▁', '▇ 14', ' err ▁', ' warn ▁', '→03:07');
		await console.press('bars.shorter');
		assert.equal(console.asked('bars.wanted').at(-1)?.bucketMs, 15_000);
		await answered(console);
		console.shows('→03:06:45');
		await console.press(
			'bars.longer',
			'bars.longer',
			'bars.longer',
			'bars.longer',
			'bars.longer',
			'bars.longer',
		);
		console.shows('no other length of bars');
	},
);

journey('bars follow the filter, and are asked for once a beat', async (console) => {
	await answered(console);
	const before = console.asked('bars.wanted').length;
	await console.happens({ ...storyCounts, at: storyCounts.at + 1000 });
	await console.happens({ ...storyCounts, at: storyCounts.at + 2000 });
	assert.equal(console.asked('bars.wanted').length, before + 1);
	await answered(console);
	await console.press('filter.open');
	console.hides(' crit ▁');
	await console.type('web12');
	await console.press('prompt.keep');
	console.shows(' crit ▁');
});

async function answered(console: Journey): Promise<void> {
	const { id = 0, count = 0, bucketMs = 0 } = console.asked('bars.wanted').at(-1) ?? {};
	const last = (most: number) =>
		Array.from({ length: count }, (_, at) => (at === count - 1 ? most : 0));
	const bars = { crit: last(14), err: last(311), warn: last(879) };
	await console.happens({ type: 'bars', id, bucketMs, bars });
}
