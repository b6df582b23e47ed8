import { type Command, refusal } from '../commands/command.ts';
import { rooms } from '../commands/registry.ts';
import { cardOf } from '../state/card.ts';
import { contextsOf, isLetterText, isTyping, topOverlay } from '../state/contexts.ts';
import type { Model } from '../state/model.ts';
import { type Described, describe } from './describe.ts';
import { bindingOf, boundCommands, type Keymap } from './keymap.ts';
import { strokeName } from './stroke-name.ts';

type Hint = {
	readonly keys: string;
	readonly says: string;
	readonly isBlocked: boolean;
	/** However narrow the screen is. */
	readonly isAlways?: boolean;
};
type HelpEntry = {
	readonly keys: string;
	readonly says: string;
	/** Enter would go there. */
	readonly isPicked: boolean;
	readonly isBlocked: boolean;
};
export type HelpGroup = { readonly title: string; readonly entries: readonly HelpEntry[] };

/** What the keymap says to the screen. */
export type ScreenKeys = {
	/** The keys of a command, as the screen writes them; empty where none reaches it. */
	of(command: string): string;
	/** What the keys do now, the most useful first; the last one leaves. */
	hints(model: Model): readonly Hint[];
	/** All keys that count under the help and fit its search, by room. */
	help(model: Model): readonly HelpGroup[];
	/** The same lines as commands, in the order they are shown. */
	helped(model: Model): readonly Command[];
};

/** The commands whose key is the way out, the last of the footer. */
const waysOut: ReadonlySet<string> = new Set([
	'console.quit',
	'console.back',
	'overlay.close',
	'prompt.close',
	'grace.cancel',
]);

export function screenKeys(keymap: Keymap): ScreenKeys {
	const all = describe(keymap);
	return {
		of: (command) => all.find((line) => line.command.id === command)?.keys.join(' ') ?? '',
		hints: (model) =>
			model.strokes.length > 0 ? nextStrokes(keymap, model) : footer(inForce(all, model), model),
		help: (model) => helpGroups(all, model),
		helped: (model) =>
			byRoom(helpLines(all, model)).flatMap(({ lines }) => lines.map(({ command }) => command)),
	};
}

/** The lines that count now, innermost context first: a key means the innermost of what it is bound to. */
function inForce(all: readonly Described[], model: Model): readonly Described[] {
	const taken = new Set<string>();
	const lines = new Map<string, Described>();
	for (const line of contextsOf(model).flatMap((name) =>
		all.filter((one) => one.context === name),
	)) {
		const { id } = line.command;
		const keys = line.keys.filter((key) => !taken.has(key));
		for (const key of keys) taken.add(key);
		const known = lines.get(id);
		if (known) lines.set(id, { ...known, keys: [...known.keys, ...keys] });
		else if (keys.length > 0) lines.set(id, { ...line, keys });
	}
	return [...lines.values()];
}

/** The hints of the lines that have one and are at home in their context; a form's own before a field's. */
function footer(lines: readonly Described[], model: Model): readonly Hint[] {
	const isOut = ({ command }: Described) => waysOut.has(command.id);
	const hinted = lines.filter((line) => {
		const { command, context } = line;
		return command.hint !== undefined && (isOut(line) || command.contexts.includes(context));
	});
	const isText = ({ keys }: Described) => isLetterText(model) && keys[0]?.length === 1;
	const shown = isTyping(model)
		? hinted.filter((line) => !isText(line) && refusal(line.command, model) === undefined)
		: hinted;
	const isOfField = ({ context }: Described) => context === 'fields';
	const isHelp = ({ command }: Described) => command.id === 'help.open';
	const inside = shown.filter((line) => !isOut(line) && !isHelp(line));
	const last = [...shown.filter(isHelp), ...shown.filter(isOut).slice(0, 1)];
	// A card that has not stood long enough has its key all the same: it must not come in under the eye.
	const isYes = ({ command }: Described) =>
		command.id === 'respond.approve' && cardOf(model) !== undefined;
	const ordered = [...inside.filter((line) => !isOfField(line)), ...inside.filter(isOfField)];
	return [...ordered, ...last].map((line) => ({
		keys: line.keys[0] ?? '',
		says: line.command.hint ?? '',
		isBlocked: refusal(line.command, model) !== undefined,
		isAlways: last.includes(line) || isYes(line),
	}));
}

/** What may follow a group that was begun. */
function nextStrokes(keymap: Keymap, model: Model): readonly Hint[] {
	const group = bindingOf(keymap, contextsOf(model), model.strokes);
	if (group?.kind !== 'group') return [];
	const leaves = boundCommands(new Map([['global', group]]));
	const titles = describe(new Map([['global', group]]));
	const hints = leaves.flatMap(({ strokes, id }) => {
		const command = titles.find((line) => line.command.id === id)?.command;
		if (!command) return [];
		const isBlocked = refusal(command, model) !== undefined;
		return [{ keys: strokes.map(strokeName).join(' '), says: command.title, isBlocked }];
	});
	return [...hints, { keys: strokeName('esc'), says: 'cancel', isBlocked: false, isAlways: true }];
}

/** The lines as the help shows them: what is picked, and what cannot act now. */
function helpGroups(all: readonly Described[], model: Model): readonly HelpGroup[] {
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'help') return [];
	const under = withoutTop(model);
	let index = 0;
	return byRoom(helpLines(all, model)).map(({ title, lines }) => ({
		title,
		entries: lines.map(({ keys, command }) => ({
			keys: keys.join(' '),
			says: command.title,
			isPicked: index++ === overlay.picked,
			isBlocked: refusal(command, under) !== undefined,
		})),
	}));
}

function helpLines(all: readonly Described[], model: Model): readonly Described[] {
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'help') return [];
	const wanted = overlay.field.text.trim().toLowerCase();
	return inForce(all, withoutTop(model)).filter(({ keys, command }) =>
		[...keys, command.title, command.id].some((text) => text.toLowerCase().includes(wanted)),
	);
}

function withoutTop(model: Model): Model {
	return { ...model, overlays: model.overlays.slice(0, -1) };
}

function byRoom(all: readonly Described[]) {
	return rooms.flatMap(({ title }) => {
		const lines = all.filter(({ room }) => room === title);
		return lines.length === 0 ? [] : [{ title, lines }];
	});
}
