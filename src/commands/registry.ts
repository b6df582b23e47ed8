import type { ContextName } from '../state/contexts.ts';
import { screenNames } from '../state/model.ts';
import * as audit from './audit.ts';
import type { Command } from './command.ts';
import * as consent from './consent.ts';
import * as console from './console.ts';
import { isolate, menu } from './deeds.ts';
import * as fields from './fields.ts';
import * as filter from './filter.ts';
import * as fire from './fire.ts';
import * as inspect from './inspect.ts';
import * as jump from './jump.ts';
import * as marks from './marks.ts';
import * as move from './move.ts';
import * as prompt from './prompt.ts';
import { ran } from './ran.ts';
import * as respond from './respond.ts';
import * as rules from './rules.ts';
import * as runs from './runs.ts';
import * as sources from './sources.ts';
import * as tags from './tags.ts';
import { open as openView } from './views.ts';

/** The commands by room, each under the heading its keys have in the help. */
export const rooms: readonly { readonly title: string; readonly commands: readonly Command[] }[] = [
	{ title: 'move', commands: [...Object.values(move), ...Object.values(jump)] },
	{ title: 'filter', commands: [...Object.values(filter), openView] },
	{ title: 'tags', commands: Object.values(tags) },
	{ title: 'look', commands: Object.values(inspect) },
	{ title: 'respond', commands: [...Object.values(respond), isolate, menu] },
	{ title: 'marks', commands: Object.values(marks) },
	{ title: 'runs', commands: [...Object.values(runs), ran] },
	{ title: 'audit', commands: Object.values(audit) },
	{ title: 'rules', commands: Object.values(rules) },
	{ title: 'consent', commands: Object.values(consent) },
	{ title: 'fire', commands: Object.values(fire) },
	{ title: 'sources', commands: Object.values(sources) },
	{ title: 'console', commands: Object.values(console) },
	{ title: 'prompt', commands: Object.values(prompt) },
	{ title: 'fields', commands: Object.values(fields) },
];

/** Every command there is, by its id. */
export const commands: ReadonlyMap<string, Command> = new Map(
	rooms.flatMap((room) => room.commands).map((command) => [command.id, command]),
);

const screens: readonly string[] = ['tags', 'detail', 'events', ...screenNames, 'global'];

/** Whether a context is one of the screens', not of a field, a form or the help. */
export function isScreen(name: ContextName): boolean {
	return screens.includes(name);
}

/** What the palette offers: every command that makes sense outside a field; those the fingers know stand last. */
export const offers: readonly Command[] = rooms
	.toSorted((one, other) => Number(one.title === 'move') - Number(other.title === 'move'))
	.flatMap((room) => room.commands)
	.filter(({ contexts }) => contexts.some((name) => isScreen(name)));
