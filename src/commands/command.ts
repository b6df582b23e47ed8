import type { Row } from '../core/session.ts';
import type { Tier } from '../core/tier.ts';
import type { ContextName } from '../state/contexts.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { rowAtCursor } from '../state/slices/list.ts';

/** What a command may look at beside the model. */
export type Desk = {
	readonly commands: ReadonlyMap<string, Command>;
	/** The commands the open help lists, in its order. */
	helped(model: Model): readonly Command[];
};

/** An order a key can be bound to. */
export type Command = {
	/** As keymaps write it: `filter.toggle`. */
	readonly id: string;
	readonly title: string;
	/** The footer's word for it; absent where the footer leaves it to the help. */
	readonly hint?: string;
	readonly tier: Tier;
	/** What it would do right now and how far that reaches, where it does different things. */
	reach?(model: Model): { readonly tier: Tier; readonly what: string } | undefined;
	/** The contexts a key of it makes sense in. */
	readonly contexts: readonly ContextName[];
	/** Why it cannot act now; undefined where it can. */
	blocked(model: Model): string | undefined;
	run(model: Model, desk: Desk): readonly Message[];
};

export type Given = Pick<Command, 'id' | 'title' | 'run'> & Partial<Command>;

/** A command; where nothing else is said it observes, can always act, and belongs to the screens. */
export function command(given: Given): Command {
	return { tier: 0, contexts: ['global'], blocked: () => undefined, ...given };
}

/** A command about the row under the cursor: it says so where there is none. */
export function onRow(
	given: Omit<Given, 'run' | 'blocked'> & {
		blocked?(row: Row, model: Model): string | undefined;
		run(row: Row, model: Model): readonly Message[];
	},
): Command {
	return command({
		contexts: ['events', 'detail'],
		...given,
		blocked: (model) => {
			const row = rowHere(model);
			return row ? given.blocked?.(row, model) : 'no event is here';
		},
		run: (model) => {
			const row = rowHere(model);
			return row ? given.run(row, model) : [];
		},
	});
}

/** The row the operator means: the opened one where its details have the focus, else the one under the cursor. */
export function rowHere(model: Model): Row | undefined {
	if (model.screen !== 'live') return undefined;
	const { opened, seq } = model.detail;
	const isInDetail = model.pane === 'detail' && opened?.seq === seq;
	return (isInDetail ? opened?.row : undefined) ?? rowAtCursor(model.list);
}

/** Why a command cannot act now, read-only mode included; undefined where it can. */
export function refusal(order: Command, model: Model): string | undefined {
	const { tier, what } = order.reach?.(model) ?? { tier: order.tier, what: order.title };
	if (tier > 0 && model.identity.isReadOnly) return `read-only: ${what} is T${tier}`;
	return order.blocked(model);
}

/** What happens when a command is given: its messages, or the reason why there are none. */
export function ordered(order: Command, model: Model, desk: Desk): readonly Message[] {
	const reason = refusal(order, model);
	if (reason === undefined) return order.run(model, desk);
	const said = { type: 'noticed', tone: 'warn', text: reason } as const;
	return order.tier > 0 ? [said, { type: 'key.refused' }] : [said];
}
