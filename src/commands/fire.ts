import { parseYaml } from '../codec/yaml.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { Tier } from '../core/tier.ts';
import { topOverlay } from '../state/contexts.ts';
import { type FireStop, fireStops } from '../state/fire-state.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { firableSources } from '../state/slices/fire.ts';
import { command } from './command.ts';
import { fireCommandLine } from './command-line.ts';
import { typedParams } from './typed-params.ts';

const contexts = ['form'] as const;

export const openForm = command({
	id: 'fire.open',
	title: 'Fire an event…',
	hint: 'fire…',
	blocked: (model) => {
		if (model.identity.isReadOnly) return 'read-only: firing an event is T2';
		return firableSources(model).length === 0 ? 'no source takes events' : undefined;
	},
	run: () => [{ type: 'fire.opened' }],
});

export const nextStop = command({
	id: 'fire.next',
	title: 'The next field',
	hint: 'next field',
	contexts,
	run: (model) => toStop(model, 1),
});

export const previousStop = command({
	id: 'fire.previous',
	title: 'The field before',
	contexts,
	run: (model) => toStop(model, -1),
});

function toStop({ fire }: Model, by: 1 | -1): readonly Message[] {
	const to = stopBeside(fire.at, by);
	const isField = to === 'tag' || to === 'data';
	return [{ type: 'fire.moved', to }, ...(isField ? [] : weighing(fire))];
}

/** Asks what the event would wake, once there is one. */
function weighing({ tag, data }: Model['fire']): readonly Message[] {
	if (tag.text.trim() === '' || mistakeIn(data.text) !== undefined) return [];
	return [{ type: 'fire.weighed', tag: tag.text.trim(), data: dataOf(data.text) }];
}

function stopBeside(at: FireStop, by: 1 | -1): FireStop {
	const index = (fireStops.indexOf(at) + by + fireStops.length) % fireStops.length;
	return fireStops[index] ?? at;
}

/** As far as what it will wake, at least T1; T2 while that is not known. */
export const send = command({
	id: 'fire.send',
	title: 'Send the event',
	hint: 'send',
	tier: 2,
	reach: ({ fire }) => ({ tier: tierOfFire(fire), what: 'firing an event' }),
	contexts,
	blocked: reasonNotToSend,
	run: ({ fire }) => (tierOfFire(fire) > 2 ? planned(fire) : sent(fire)),
});

function sent({ tag, data }: Model['fire']): readonly Message[] {
	return [{ type: 'fire.sent', tag: tag.text.trim(), data: dataOf(data.text) }];
}

/** What wakes more than a T2 takes a plan and its dialog, like any deed of that tier. */
function planned({ tag, data, source = '', forward }: Model['fire']): readonly Message[] {
	const event = { tag: tag.text.trim(), data: typedParams(dataOf(data.text)) };
	const params = { ...event, source, ...(forward && { forward }) };
	const ask = { type: 'deed.asked', action: 'salt.fire', params } as const;
	return [{ type: 'overlay.closed' }, { type: 'deed.wanted', ask, says: `firing ${event.tag}` }];
}

function tierOfFire({ waking }: Model['fire']): Tier {
	const tier = waking?.answer?.tier ?? 2;
	return tier === 0 ? 1 : tier;
}

function reasonNotToSend(model: Model): string | undefined {
	const { fire } = model;
	if (topOverlay(model)?.kind !== 'fire') return 'the form is not open';
	if (fire.at !== 'buttons') return 'leave the fields first';
	if (fire.tag.text.trim() === '') return 'the tag is empty';
	if (!firableSources(model).some(({ name }) => name === fire.source)) return 'no bus is chosen';
	if (fire.firing && !fire.firing.answer) return 'the last one is not answered yet';
	return mistakeIn(fire.data.text) ?? (tierOfFire(fire) > 2 ? whyNoPlan(fire) : undefined);
}

/** A plan holds its data as JSON: what that cannot hold cannot be asked for. */
function whyNoPlan({ data }: Model['fire']): string | undefined {
	return reasonAgainst(() => typedParams(dataOf(data.text)));
}

function mistakeIn(text: string): string | undefined {
	return reasonAgainst(() => dataOf(text));
}

function reasonAgainst(reading: () => unknown): string | undefined {
	try {
		reading();
		return undefined;
	} catch (thrown) {
		if (thrown instanceof Failure) return reasonOf(thrown);
		throw thrown;
	}
}

/** The data of an event: YAML, and so JSON too; nothing typed is an empty map. */
function dataOf(text: string): unknown {
	return text.trim() === '' ? {} : parseYaml(text);
}

/** Enter in the form: a new line of data, the picked tag, never a deed. */
export const formEnter = command({
	id: 'form.enter',
	title: 'A new line, or the picked tag',
	contexts,
	blocked: ({ fire }) =>
		fire.at === 'buttons' || fire.at === 'bus' ? 'Enter never runs anything' : undefined,
	run: ({ fire }) =>
		fire.at === 'data'
			? [{ type: 'field.typed', edit: { kind: 'insert', text: '\n' } }]
			: [{ type: 'completion.taken' }],
});

export const nextBus = aiming('fire.bus-next', 'The next bus', 1);
export const previousBus = aiming('fire.bus-previous', 'The bus before', -1);

/** Each bus by itself, and, where it can hand on, once more through to its master. */
function aiming(id: string, title: string, by: 1 | -1) {
	return command({
		id,
		title,
		contexts,
		blocked: ({ fire }) => (fire.at === 'bus' ? undefined : 'go to the bus first'),
		run: (model) => {
			const targets = firableSources(model).flatMap(({ name, canForward }) =>
				[false, ...(canForward ? [true] : [])].map((forward) => ({ source: name, forward })),
			);
			const { source, forward } = model.fire;
			const at = targets.findIndex((one) => one.source === source && one.forward === forward);
			const target = targets[(at + by + targets.length) % targets.length];
			return target ? [{ type: 'fire.aimed', ...target }, ...weighing(model.fire)] : [];
		},
	});
}

export const copyFire = command({
	id: 'fire.copy',
	title: 'Copy the form as a command line',
	contexts,
	blocked: ({ fire }) => (fire.at === 'buttons' ? undefined : 'leave the fields first'),
	run: ({ fire }) => [
		{ type: 'text.copied', text: fireCommandLine(fire), what: 'the command line' },
	],
});
