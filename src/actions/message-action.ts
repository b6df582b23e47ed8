import * as z from 'zod';
import { contentHash } from '../codec/canonical.ts';
import type { Action } from '../core/action.ts';
import { Failure } from '../core/errors.ts';
import type { JsonObject, Plan } from '../core/plan.ts';
import { shellLine } from '../core/shell-words.ts';
import type { Tools } from '../core/tools.ts';
import { type Address, checked, settingsFor } from './destination.ts';
import { type Message, messageShape } from './message.ts';
import { messageLine } from './message-text.ts';

const shownCharacters = 500;

/** What tells one way to reach people from another. */
export type Medium<Settings> = {
	readonly kind: string;
	readonly title: string;
	readonly example: string;
	/** What `notify:` says of a destination, beside its kind. */
	readonly settings: z.ZodType<Settings>;
	/** The message as this medium shows it, before anything is sent; throws a Failure on one it cannot carry. */
	compose(message: Message, settings: Settings): Composed;
	/** Sends it; resolves with what the other side answered, rejects with a sentence. */
	deliver(message: Message, settings: Settings, tools: Tools, stop: AbortSignal): Promise<string>;
};

type Composed = {
	/** Whom it reaches, without a secret: `Slack #ops`, `+15550101`. */
	readonly reaches: readonly string[];
	/** The words that will be sent. */
	readonly shows: string;
	readonly notes?: readonly string[];
};

type Params = { readonly address: Address; readonly message: Message; readonly raw: JsonObject };

/** Exactly what was given, so that a plan can be made again from it. */
const given = z.record(z.string(), z.json());
const words = z.strictObject(messageShape);
const name = z.strictObject({ to: z.string().min(1).max(64) });

/** An action that tells people something: T1, sent at once, and never taken back. */
export function messageAction<Settings>(medium: Medium<Settings>): Action<Params> {
	const { kind, title, example } = medium;
	const settingsOf = (params: Params, tools: Tools) =>
		settingsFor(kind, medium.settings, params.address, tools);

	return {
		kind,
		version: 1,
		title,
		tier: 1,
		example,
		parse: (raw) => paramsOf(kind, raw),
		target: (text) => ({ to: text }),
		fits: () => undefined,
		async plan(params, tools) {
			const settings = settingsOf(params, tools);
			const { reaches, shows, notes } = medium.compose(params.message, settings);
			const count = reaches.length;
			return {
				params: params.raw,
				targets: [{ name: nameOf(params.address) ?? reaches.join(', '), pins: pinsOf(settings) }],
				steps: [
					{
						says: `tell ${reaches.join(', ')}: ${messageLine(shows, shownCharacters)}`,
						command: commandFor(kind, params),
					},
				],
				blast: [`${count} ${count === 1 ? 'message' : 'messages'} to ${reaches.join(', ')}`],
				undo: { none: 'what was sent cannot be called back' },
				...(notes && notes.length > 0 && { notes }),
			};
		},
		async precheck(plan, tools) {
			const { settings } = pinsOf(settingsOf(paramsOf(kind, plan.params), tools));
			const isSame = settings === plan.targets[0]?.pins['settings'];
			return isSame ? undefined : `target changed: ${plan.targets[0]?.name} leads elsewhere now`;
		},
		async *run(plan: Plan, tools, stop) {
			const params = paramsOf(kind, plan.params);
			yield { kind: 'step', step: 0, state: 'started' };
			const says = await medium.deliver(params.message, settingsOf(params, tools), tools, stop);
			yield { kind: 'step', step: 0, state: 'done', says };
			yield { kind: 'note', says };
		},
	};
}

/** What says where it goes stands among what is said: all that is no part of a message is an address. */
function paramsOf(kind: string, raw: unknown): Params {
	const all = checked(kind, given, raw);
	const entries = Object.entries(all);
	const isSaid = ([key]: readonly [string, unknown]) => Object.hasOwn(messageShape, key);
	const message = checked(kind, words, Object.fromEntries(entries.filter(isSaid)));
	if (message.text === undefined && message.body === undefined) {
		throw new Failure('config', `${kind}: says nothing: give text`);
	}
	const rest = Object.fromEntries(entries.filter((entry) => !isSaid(entry)));
	const address = name.safeParse(rest).data ?? { settings: rest };
	return { address, message, raw: all };
}

function nameOf(address: Address): string | undefined {
	return 'to' in address ? address.to : undefined;
}

/** Whoever changes a destination between the card and the key changes the deed. */
function pinsOf(settings: unknown): Readonly<Record<string, string>> {
	return { settings: contentHash(settings).slice(0, 16) };
}

function commandFor(kind: string, { address, raw }: Params): string {
	const to = nameOf(address);
	const words = Object.entries(raw)
		.filter(([key]) => key !== 'to' || to === undefined)
		.flatMap(([key, value]) => ['--param', `${key}=${JSON.stringify(value)}`]);
	return shellLine(['eventctl', 'run', kind, ...(to === undefined ? [] : [to]), ...words]);
}

/** The text of a message for a medium of words; throws a Failure where there is only JSON. */
export function wordsOf(kind: string, { text }: Message): string {
	if (text !== undefined) return text;
	throw new Failure('config', `${kind}: carries words: give text`);
}
