import type { Command } from '../commands/command.ts';
import { rooms } from '../commands/registry.ts';
import type { ContextName } from '../state/contexts.ts';
import { boundCommands, type Keymap } from './keymap.ts';
import { strokeName } from './stroke-name.ts';

/** One line about keys: footer, help, `eventctl keys` and docs/keys.md all print these. */
export type Described = {
	readonly context: ContextName;
	/** As the screen writes them, in file order: `['j', '↓']`, `['y v']`. */
	readonly keys: readonly string[];
	readonly command: Command;
	/** The heading of its room. */
	readonly room: string;
};

/** What the keys of a keymap do, in file order, a command once per context; ids no command has are left out. */
export function describe(keymap: Keymap): readonly Described[] {
	const lines = new Map<string, { readonly context: ContextName; id: string; keys: string[] }>();
	for (const { context, strokes, id } of boundCommands(keymap)) {
		const line = lines.get(`${context} ${id}`) ?? { context, id, keys: [] };
		line.keys.push(strokes.map(strokeName).join(' '));
		lines.set(`${context} ${id}`, line);
	}
	return [...lines.values()].flatMap(({ context, id, keys }) => {
		const known = byId.get(id);
		return known ? [{ context, keys, ...known }] : [];
	});
}

const byId: ReadonlyMap<string, { readonly command: Command; readonly room: string }> = new Map(
	rooms.flatMap(({ title, commands }) =>
		commands.map((command) => [command.id, { command, room: title }] as const),
	),
);
