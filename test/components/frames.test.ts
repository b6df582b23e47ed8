import { test } from 'node:test';
import type { Message } from '../../src/state/message.ts';
import { auditTold, storyApprovals, storyOutput, storyRules } from '../support/a-response.ts';
import { aWindow, storyCounts, storyOpened, storySources, storyStore } from '../support/a-story.ts';
import { aSurvey } from '../support/a-survey.ts';
import { root } from '../support/files.ts';
import { storyTime } from '../support/rows.ts';
import { frame } from '../support/screen.tsx';

const sizes = [
	{ columns: 60, rows: 20 },
	{ columns: 80, rows: 24 },
	{ columns: 120, rows: 40 },
	{ columns: 200, rows: 50 },
] as const;

const up = { type: 'cursor.moved', by: -5 } as const;
const opened = [
	{ type: 'cursor.moved', by: -7 },
	{ type: 'detail.wanted', seq: 5 },
	storyOpened,
] as const;
const nothing = aWindow({ rows: [], above: 0, matched: 0 });

const lost = storySources.map((source) =>
	source.name === 'salt'
		? {
				...source,
				rate: 0,
				link: {
					kind: 'waiting',
					retryAt: storyTime + 32_000,
					reason: 'the master closed the connection',
					attempt: 2,
				} as const,
			}
		: source,
);

/** What happened before the frame was drawn. */
const scenes: Readonly<Record<string, readonly Message[]>> = {
	live: [],
	paused: [up, aWindow({ below: 37, criticalBelow: 2 })],
	detail: [...opened, { type: 'cursor.moved', by: 3 }],
	'detail-beside-list': [...opened, { type: 'pane.changed' }, { type: 'cursor.moved', by: 2 }],
	'detail-yaml': [...opened, { type: 'zoom.toggled' }, { type: 'detail.viewed', by: 1 }],
	'filter-prompt': [
		{ type: 'prompt.opened', kind: 'filter', text: 'tag:salt/job/*/ret/* host:we' },
		{ type: 'field.typed', edit: { kind: 'insert', text: 'b' } },
		aWindow({ matched: 9, view: 3 }),
	],
	'filter-error': [{ type: 'prompt.opened', kind: 'filter', text: 'rc!=0 and (host:web12' }],
	tags: [
		{ type: 'tags.toggled' },
		aSurvey(1),
		{ type: 'cursor.moved', by: 1 },
		{ type: 'tag.folded', isFolded: false },
		{ type: 'cursor.moved', by: 1 },
	],
	palette: [
		{ type: 'prompt.opened', kind: 'palette', text: '' },
		{ type: 'field.typed', edit: { kind: 'insert', text: 'cop' } },
	],
	help: [{ type: 'help.opened' }],
	sources: [
		{ type: 'screen.chosen', screen: 'sources' },
		{ type: 'cursor.moved', by: 3 },
	],
	fire: [
		{ type: 'fire.opened' },
		{ type: 'field.typed', edit: { kind: 'insert', text: 'ops/deploy/done' } },
		{ type: 'fire.moved', to: 'data' },
		{
			type: 'field.typed',
			edit: {
				kind: 'insert',
				text: 'service: payments\nversion: "2.14.2"\nbuild: 1007\nhosts: [web12, web7]',
			},
		},
	],
	card: [storyApprovals, { type: 'cursor.moved', by: -5 }],
	'card-and-detail': [storyApprovals, ...opened.slice(0, 1), { type: 'detail.wanted', seq: 7 }],
	approvals: [storyApprovals, { type: 'screen.chosen', screen: 'approvals' }],
	'whole-card': [
		storyApprovals,
		{ type: 'screen.chosen', screen: 'approvals' },
		{ type: 'zoom.toggled' },
	],
	runs: [
		storyApprovals,
		{ type: 'screen.chosen', screen: 'runs' },
		{ type: 'cursor.moved', by: 1 },
		storyOutput,
	],
	audit: [
		storyApprovals,
		{ type: 'screen.chosen', screen: 'audit' },
		auditTold(1),
		{ type: 'cursor.moved', by: 3 },
	],
	rules: [storyRules, { type: 'screen.chosen', screen: 'rules' }],
	'rules-suspended': [
		storyRules,
		{ type: 'screen.chosen', screen: 'rules' },
		{ type: 'cursor.sent', to: 'last' },
	],
	grace: [
		storyApprovals,
		{ type: 'deed.wanted', ask: { type: 'undo.asked', approval: 'A-0098' }, says: 'it' },
		{ type: 'deed.answered', id: 1, approval: 'A-0098' },
	],
	dialog: [
		storyApprovals,
		{ type: 'dialog.opened', approval: 'A-0099' },
		{ type: 'field.typed', edit: { kind: 'insert', text: 'suspected C2 from payments, INC-4471' } },
		{ type: 'dialog.moved', by: 1 },
		{ type: 'field.typed', edit: { kind: 'insert', text: 'web1' } },
	],
	edit: [
		storyApprovals,
		{ type: 'edit.opened', approval: 'A-0097', text: 'namespace: payments\npod: pay-7d9f' },
	],
	actions: [
		up,
		{ type: 'menu.opened', seq: 7 },
		{
			type: 'deeds',
			id: 1,
			offers: [
				{
					action: 'k8s.isolate-pod',
					title: 'Isolate the pod',
					letter: 'i',
					tier: 2,
					target: 'payments/pay-7d9f',
				},
				{
					action: 'host.lockdown',
					title: 'Lock the host down',
					letter: 'l',
					tier: 2,
					target: 'web12',
					blocked: 'web12 is protected by the policy',
				},
				{
					action: 'k8s.drain-node',
					title: 'Drain the node',
					letter: 'd',
					tier: 3,
					target: 'web12',
				},
				{ action: 'k8s.logs', title: 'The log of the pod', tier: 0, target: 'payments/pay-7d9f' },
			],
		},
	],
	'why-no-rule-fired': [
		{ type: 'explanation.wanted', seq: 7 },
		{
			type: 'explained',
			id: 1,
			rules: [
				{
					rule: 'falco-shell',
					verdict: 'fired',
					because: '2 of 2 within 30 s',
					criteria: [
						{ says: 'format:falco', isMet: true },
						{ says: 'at least 2 within 30 s', isMet: true, why: '2 seen' },
					],
				},
				{
					rule: 'crypto-miner',
					verdict: 'missed',
					because: 'one criterion is not met',
					criteria: [{ says: 'proc.name:xmrig', isMet: false, why: 'it is bash' }],
				},
			],
		},
	],
	'copy-menu': [up, { type: 'strokes.held', strokes: ['y'] }],
	'nothing-matches': [nothing],
	'salt-lost': [{ ...storyCounts, sources: lost, rate: 11, dropped: 1200 }],
	started: [
		{ ...storyCounts, held: 0, rate: 0, sources: [] },
		{ ...nothing, held: 0 },
	],
};

/** Scenes whose shape changes with the size beyond the small ones. */
const wide = [
	'card',
	'card-and-detail',
	'approvals',
	'whole-card',
	'runs',
	'audit',
	'rules',
	'grace',
	'dialog',
	'actions',
	'edit',
	'live',
	'paused',
	'detail',
	'help',
	'sources',
	'fire',
	'filter-prompt',
	'tags',
	'salt-lost',
];

for (const size of sizes) {
	for (const [scene, messages] of Object.entries(scenes)) {
		if (size.columns > 80 && !wide.includes(scene)) continue;
		const name = `${scene}.${size.columns}x${size.rows}`;
		test(`the frame ${name}`, (t) => {
			const store = storyStore(size);
			for (const message of messages) store.dispatch(message);
			t.assert.fileSnapshot(`${frame(store)}\n`, `${root}test/frames/${name}.txt`, {
				serializers: [String],
			});
		});
	}
}
