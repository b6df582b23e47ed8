import assert from 'node:assert/strict';
import { journey } from '../support/a-journey.ts';

const team = { name: 'payments', filter: 'web12', time: 'utc', isOwn: false } as const;

journey('a view is saved under a new name, and opened by a part of it', async (console) => {
	await console.press('filter.open');
	await console.type('web12 inotify');
	await console.press('prompt.keep', 'view.open');
	await console.happens({ type: 'views', views: [team] });
	console.shows('saved views', 'payments (team)', 'web12');
	await console.type('web incident');
	console.shows('a new name: it saves this view');
	await console.press('prompt.keep');
	console.shows('view web incident is saved');
	assert.deepEqual(console.effects.at(-1), {
		type: 'view.saved',
		view: {
			name: 'web incident',
			filter: 'web12 inotify',
			time: 'utc',
			isFolded: true,
			isOwn: true,
		},
	});
	await console.press('view.open');
	await console.type('pay');
	await console.press('prompt.keep');
	console.shows('/ web12', '7 of 18 204', 'view payments');
	await console.press('filter.back');
	console.shows('/ web12  inotify');
});

journey('a name that could not be a file is refused', async (console) => {
	await console.press('view.open');
	await console.type('../x');
	console.shows('a name takes letters, digits, blanks');
	await console.press('prompt.keep');
	assert.ok(!console.effects.some(({ type }) => type === 'view.saved'));
	await console.press('prompt.close');
	console.hides('saved views');
});
