import { type Desk, ordered, refusal } from '../commands/command.ts';
import { offeredBy } from '../commands/deeds.ts';
import type { Stroke } from '../core/stroke.ts';
import type { Tier } from '../core/tier.ts';
import { contextsOf, isLetterText, isNameTyped, isTyping, topOverlay } from '../state/contexts.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { type Binding, bindingOf, type Keymap } from './keymap.ts';
import { strokeName } from './stroke-name.ts';

export type Keyboard = { readonly keymap: Keymap; readonly desk: Desk };

/** A key that came through the guard. `text` is what it types into a field, if anything. */
export type Key = { readonly stroke: Stroke; readonly text?: string };

/** What a key means now, as facts for the model: a command's, a group begun, something typed, or why nothing happens. */
export function press(keyboard: Keyboard, model: Model, key: Key): readonly Message[] {
	const isBegun = model.strokes.length > 0;
	if (isBegun && key.stroke === 'esc') return [held([])];
	const offered = isBegun ? undefined : offeredBy(model, key.stroke);
	if (offered) return ordered(offered, model, keyboard.desk);
	const binding = meaning(keyboard, model, key);
	if (binding?.kind === 'group') return [held([...model.strokes, key.stroke])];
	if (binding) return [...(isBegun ? [held([])] : []), ...given(keyboard, model, binding.id)];
	if (isBegun) return [held([]), unknown([...model.strokes, key.stroke])];
	if (!isTyping(model)) return [unknown([key.stroke])];
	return key.text === undefined ? [] : [typed(key.text)];
}

/** How far what a key would do now reaches; 0 where it does nothing, or only begins a group. */
export function tierOf(keyboard: Keyboard, model: Model, key: Key): Tier {
	const offered = offeredBy(model, key.stroke);
	if (offered) return offered.tier;
	const binding = meaning(keyboard, model, key);
	return binding?.kind === 'command' ? (keyboard.desk.commands.get(binding.id)?.tier ?? 0) : 0;
}

/** What a pasted text means: it goes into the field, outside of one into the filter. */
export function pasted(model: Model, pastedText: string): readonly Message[] {
	// Terminals send the ends of lines as Enter would.
	const text = pastedText.replace(/\r\n?/g, '\n');
	if (isNameTyped(model)) {
		return [{ type: 'noticed', tone: 'warn', text: 'a paste does not count: type the name' }];
	}
	if (isTyping(model)) return [typed(text)];
	if (topOverlay(model) || model.screen !== 'live') {
		return [{ type: 'noticed', tone: 'muted', text: 'a paste does nothing here' }];
	}
	const { filter } = model;
	const now = filter.isOff ? '' : filter.text;
	const opened = {
		type: 'prompt.opened',
		kind: 'filter',
		text: now === '' ? '' : `${now} `,
	} as const;
	return [...(model.strokes.length > 0 ? [held([])] : []), opened, typed(text)];
}

type Meaning = Exclude<Binding, { kind: 'nothing' }> | undefined;

function meaning(keyboard: Keyboard, model: Model, { stroke, text }: Key): Meaning {
	const strokes = [...model.strokes, stroke];
	const binding =
		bindingOf(keyboard.keymap, contextsOf(model), strokes) ?? behind(keyboard, model, stroke);
	const isTyped = text !== undefined && isTyping(model);
	return isTyped && (isLetterText(model) || !acts(keyboard, model, binding)) ? undefined : binding;
}

/** Under an overlay only control keys still mean what they mean everywhere. */
function behind({ keymap }: Keyboard, model: Model, stroke: Stroke): Meaning {
	const isControl = stroke.startsWith('^') && stroke.length > 1;
	return topOverlay(model) && isControl ? bindingOf(keymap, ['global'], [stroke]) : undefined;
}

/** In a field a letter is typed, unless its command can act right now. */
function acts({ desk }: Keyboard, model: Model, binding: Meaning): boolean {
	const order = binding?.kind === 'command' ? desk.commands.get(binding.id) : undefined;
	return order !== undefined && refusal(order, model) === undefined;
}

function given({ desk }: Keyboard, model: Model, id: string): readonly Message[] {
	const order = desk.commands.get(id);
	if (!order) return [{ type: 'noticed', tone: 'warn', text: `there is no command ${id}` }];
	return ordered(order, model, desk);
}

function held(strokes: readonly Stroke[]): Message {
	return { type: 'strokes.held', strokes };
}

function typed(text: string): Message {
	return { type: 'field.typed', edit: { kind: 'insert', text } };
}

function unknown(strokes: readonly Stroke[]): Message {
	const keys = strokes.map(strokeName).join(' ');
	return { type: 'noticed', tone: 'muted', text: `${keys} does nothing here` };
}
