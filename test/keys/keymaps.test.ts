import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from '../../src/commands/registry.ts';
import { describe } from '../../src/keys/describe.ts';
import { bindingOf, overlaid } from '../../src/keys/keymap.ts';
import { loadKeymap, presetNames, takenBy } from '../../src/keys/load.ts';
import { problems } from '../../src/keys/problems.ts';
import { readKeymap } from '../../src/keys/read-keymap.ts';

for (const name of presetNames) {
	test(`the shipped keymap ${name} has no problems`, () => {
		assert.deepEqual(problems(loadKeymap(name), commands), []);
	});
}

const user = (text: string) => loadKeymap('default', { text, file: 'keys.yaml' });
const told = (text: string) =>
	problems(user(text), commands).map((problem) => {
		const { origin } = problem;
		return `${origin ? `${origin.line}:${origin.column} ` : ''}${problem.text}`;
	});

test("a user's key takes the place of the shipped one", () => {
	const keymap = user('events: {l: filter.related}');
	assert.equal(idAt(keymap, 'l'), 'filter.related');
	assert.equal(idAt(keymap, 'j'), 'move.down');
});

test('null takes a key away, and what lies further out counts again', () => {
	assert.equal(idAt(user('events: {G: null}'), 'G'), 'move.last');
});

test("a user's group joins the shipped one", () => {
	const keymap = user('global: {y: {r: copy.yaml}}');
	assert.equal(idAt(keymap, 'y', 'r'), 'copy.yaml');
	assert.equal(idAt(keymap, 'y', 'v'), 'copy.value');
});

test('two keys in a row can be written as one name', () => {
	const keymap = overlaid(
		new Map(),
		readKeymap('events: {"g g": move.first, g e: move.last}', 'keys.yaml'),
	);
	assert.equal(idAt(keymap, 'g', 'g'), 'move.first');
	assert.equal(idAt(keymap, 'g', 'e'), 'move.last');
});

function idAt(keymap: ReturnType<typeof loadKeymap>, ...strokes: string[]) {
	const binding = bindingOf(keymap, ['events', 'global'], strokes);
	return binding?.kind === 'command' ? binding.id : binding?.kind;
}

for (const [text, says] of [
	['events: {l: respond.lockdown}', '1:10 events: l: there is no command respond.lockdown'],
	['events:\n  l: fire.send', '2:3 events: l: fire.send means nothing there'],
	['form: {"1": fire.send}', '1:8 form: 1: fire.send is T2: only a lower-case letter may do it'],
	['form: {enter: fire.send}', '1:8 form: ⏎: fire.send is T2: only a lower-case letter may do it'],
	['form: {y: fire.send}', '1:8 form: y: fire.send is T2: a lone y never says yes'],
	['events: {^s: filter.open}', '1:10 events: ^s: ^s never reaches eventctl as itself'],
	['global: {g: {g: move.first}}\nevents: {g: move.first}', '2:10 events: g hides g g'],
	['events: {m: null}', 'no key that every terminal sends reaches mark.toggle'],
	['events: {m: null, f5: mark.toggle}', 'no key that every terminal sends reaches mark.toggle'],
] as const) {
	test(`${text.replace('\n', ' ')}: ${says}`, () => {
		assert.ok(told(text).includes(says), told(text).join('\n'));
	});
}

for (const [text, says] of [
	['events: {l: a, l: b}', /keys\.yaml: YAML, line 1, column 16/],
	['events: {ctrlx: move.up}', /keys\.yaml, line 1, column 10: ctrlx is no key/],
	['event: {l: move.up}', /line 1, column 1: event is no context/],
	['events:\n  l: 3', /line 2, column 3: l needs a command's id/],
	[
		'events: {g: move.first, g g: move.first}',
		/column 25: events: g g and a longer or shorter one/,
	],
	['apiVersion: eventctl/v2', /apiVersion is eventctl\/v2, this eventctl reads eventctl\/v1/],
	['- 1', /a keymap needs a map of keys/],
] as const) {
	test(`a keymap is refused with its place: ${text.replace('\n', ' ')}`, () => {
		assert.throws(() => user(text), { name: 'Failure', code: 'config', message: says });
	});
}

test('what a key of the user takes away is said, and where that still is', () => {
	const text = 'events:\n  l: filter.related\n  n: mark.toggle\n  Q: list.follow';
	assert.deepEqual(
		takenBy({ text, file: 'keys.yaml' }, 'default').map((taken) => taken.text),
		[
			'events: l is filter.related, no longer move.in; still on l (global), → (global)',
			'events: n is mark.toggle, no longer find.next; still on n (global)',
		],
	);
});

test('the description names each command once per context, its keys together', () => {
	const lines = describe(loadKeymap());
	const down = lines.filter(
		({ command, context }) => command.id === 'move.down' && context === 'global',
	);
	assert.deepEqual(
		down.map(({ context, keys, room }) => ({ context, keys, room })),
		[{ context: 'global', keys: ['j', '↓'], room: 'move' }],
	);
});
