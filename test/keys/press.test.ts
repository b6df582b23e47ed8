import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadKeymap } from '../../src/keys/load.ts';
import { rowAtCursor } from '../../src/state/slices/list.ts';
import { aKeyboard, keyToken } from '../support/a-keyboard.ts';
import { after, aModelWith, anEventRow, anOpened, toEngine } from '../support/a-model.ts';
import { anApproval, aPlan, approvalsTold } from '../support/an-approval.ts';

test('k goes up and pauses, G is live again', () => {
	const keys = aKeyboard();
	keys.press('k', 'k');
	assert.equal(rowAtCursor(keys.model.list)?.seq, 1);
	keys.press('G');
	assert.equal(keys.model.list.selection, 'tail');
});

test('a group waits for its second key, and Esc takes it back', () => {
	const keys = aKeyboard();
	keys.press('y');
	assert.deepEqual(keys.model.strokes, ['y']);
	keys.press('esc');
	assert.deepEqual(keys.model.strokes, []);
	keys.press('y', 't');
	assert.deepEqual(keys.model.strokes, []);
	assert.deepEqual(keys.effects.at(-1), {
		type: 'copy',
		text: 'salt/beacon/web12/load/',
		what: 'the tag',
	});
});

test('a key that leads nowhere says so', () => {
	const keys = aKeyboard();
	keys.press('y', 'q');
	assert.equal(keys.notice, 'y q does nothing here');
	assert.deepEqual(keys.model.strokes, []);
	keys.press('0');
	assert.equal(keys.notice, '0 does nothing here');
});

test('a key that cannot act answers with its reason', () => {
	const keys = aKeyboard();
	keys.press('[');
	assert.equal(keys.notice, 'there is no filter before');
	keys.press('f');
	assert.equal(keys.notice, 'the list is live already');
});

test('in a field a letter is typed, whatever it does elsewhere', () => {
	const keys = aKeyboard();
	keys.press('/');
	keys.type('web12 q');
	assert.equal(keys.model.filter.preview, 'web12 q');
	keys.press('enter');
	assert.equal(keys.model.filter.text, 'web12 q');
	assert.deepEqual(keys.model.overlays, []);
});

test('Esc leaves the filter as it was before', () => {
	const keys = aKeyboard();
	keys.tell({ type: 'filter.changed', text: 'web12' });
	keys.press('/');
	keys.type('passwd');
	keys.press('esc');
	assert.equal(keys.model.filter.text, 'web12');
	assert.equal(keys.model.filter.preview, undefined);
});

test('a second / at once makes it a search that hides nothing', () => {
	const keys = aKeyboard();
	keys.press('/', '/');
	keys.type('web12');
	keys.press('enter');
	assert.equal(keys.model.filter.text, '');
	assert.equal(keys.model.find, 'web12');
	assert.deepEqual(toEngine(keys.effects).at(-1), {
		type: 'row.sought',
		id: 1,
		filter: 'web12',
		from: 4,
		towards: 'older',
	});
});

test('a / later in the filter is a letter', () => {
	const keys = aKeyboard();
	keys.press('/');
	keys.type('tag:salt/job');
	assert.equal(keys.model.filter.preview, 'tag:salt/job');
});

test('a filter that cannot be read is not kept and shows its column', () => {
	const keys = aKeyboard();
	keys.press('/');
	keys.type('web "pass');
	keys.press('enter');
	const overlay = keys.model.overlays.at(-1);
	assert.equal(overlay?.kind === 'prompt' && overlay.prompt.error?.column, 4);
	assert.equal(keys.model.filter.preview, 'web');
	assert.match(keys.notice ?? '', /quote is not closed/);
});

test('control keys mean what they mean everywhere, also under a field', () => {
	const keys = aKeyboard();
	keys.press('/', '^l');
	assert.deepEqual(keys.effects.at(-1), { type: 'repaint' });
});

test('Esc never quits, q at the live list does, ^c leaves with 130', () => {
	const keys = aKeyboard();
	keys.press('esc');
	assert.equal(keys.notice, 'nothing is open to go back from; Esc never leaves');
	keys.press('6', 'q');
	assert.ok(!keys.effects.some(({ type }) => type === 'exit'));
	keys.press('q');
	assert.deepEqual(keys.effects.at(-1), { type: 'exit', code: 0 });
	const others = aKeyboard();
	others.press('?', '^c', '^c');
	assert.deepEqual(others.effects.at(-1), { type: 'exit', code: 130 });
});

test('the palette runs what it finds', () => {
	const keys = aKeyboard(
		aModelWith({}, { offers: [{ id: 'screen.sources', title: 'The sources' }] }),
	);
	keys.press(':');
	keys.type('sourc');
	keys.press('enter');
	assert.equal(keys.model.screen, 'sources');
	assert.deepEqual(keys.model.overlays, []);
});

test('the help runs the line that is picked', () => {
	const keys = aKeyboard();
	keys.press('?');
	keys.type('the sources');
	keys.press('enter');
	assert.equal(keys.model.screen, 'sources');
});

test('a paste opens the filter and does nothing else', () => {
	const keys = aKeyboard();
	keys.hear({ kind: 'paste', text: 'ddy\rq' });
	const overlay = keys.model.overlays.at(-1);
	assert.equal(overlay?.kind === 'prompt' && overlay.prompt.field.text, 'ddy q');
	assert.ok(!keys.effects.some(({ type }) => type === 'exit'));
});

test('+ and - filter by the cell under the cursor', () => {
	const keys = aKeyboard();
	keys.press('-');
	assert.equal(keys.model.filter.text, '-host:web12');
	keys.press('h', '+');
	assert.equal(keys.model.filter.text, '-host:web12 src:salt');
	keys.press('[');
	assert.equal(keys.model.filter.text, '-host:web12');
	keys.press('backspace', '\\');
	assert.equal(keys.notice, 'no filter is set');
});

test('+ in the details filters by the value on the line', () => {
	const keys = aKeyboard();
	keys.press('k', 'enter');
	keys.tell(anOpened({ data: { 'a.b': { c: 5n } } }));
	keys.press('v', 'j', '+');
	assert.equal(keys.model.filter.text, 'data["a.b"].c:5');
});

test('< and > step through severities and keep the rest of the filter', () => {
	const keys = aKeyboard();
	keys.tell({ type: 'filter.changed', text: 'web12' });
	keys.press('>', '>', '>');
	assert.equal(keys.model.filter.text, 'web12 sev>=warn');
	keys.press('<', '<', '<');
	assert.equal(keys.model.filter.text, 'web12');
	keys.press('<');
	assert.equal(keys.notice, 'every severity is shown already');
});

test('* asks for the closest tie first, pressed again for the next', () => {
	const facts = { who: 'web12', host: 'web12', jid: '2026', summary: '', ids: [] };
	const keys = aKeyboard(aModelWith({ rows: [anEventRow({ facts })] }));
	keys.press('*');
	assert.equal(keys.model.filter.text, 'jid:2026');
	keys.press('*');
	assert.equal(keys.model.filter.text, 'jid:2026 host:web12');
});

test('read-only refuses to fire', () => {
	const model = aModelWith();
	const keys = aKeyboard({ ...model, identity: { ...model.identity, isReadOnly: true } });
	keys.press('p');
	assert.equal(keys.notice, 'read-only: firing an event is T2');
	assert.deepEqual(keys.model.overlays, []);
});

test('read-only approves nothing', () => {
	const model = aModelWith();
	const keys = aKeyboard({ ...model, identity: { ...model.identity, isReadOnly: true } });
	const notAfter = new Date(keys.clock.now() + 60_000).toISOString();
	keys.tell(approvalsTold([anApproval({ plan: aPlan({ notAfter }) })]));
	keys.press('a');
	assert.equal(keys.notice, 'read-only: k8s.isolate-pod is T2');
	assert.ok(!toEngine(keys.effects).some(({ type }) => type === 'approved'));
});

test('the calm keymap takes two keys to send', () => {
	const keys = aKeyboard(aModelWith(), loadKeymap('calm'));
	keys.press('p');
	keys.type('ops/a');
	keys.press('tab', 'tab', 'tab', 'a');
	assert.ok(!toEngine(keys.effects).some(({ type }) => type === 'fired'));
	keys.press('y');
	assert.equal(toEngine(keys.effects).filter(({ type }) => type === 'fired').length, 1);
});

test('a key of a burst is dropped with a hint', () => {
	const keys = aKeyboard();
	for (let key = 0; key < 6; key++) keys.hear(keyToken('k', false));
	assert.equal(keys.notice, 'keys came too fast to be pressed: ignored');
	assert.equal(rowAtCursor(after(keys.model).list)?.seq, 1);
});
