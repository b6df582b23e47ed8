import type { Explanation, RuleInfo } from '../../core/rule.ts';
import { focusOf } from '../contexts.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import type { ReadingLine } from '../overlay.ts';
import { requested } from '../request.ts';

/** The rules there are, and what they say of an event or of the buffer. */
export function rules(model: Model, message: Message): Model {
	switch (message.type) {
		case 'rules':
			return { ...model, rules: { ...model.rules, list: message.rules } };
		case 'explanation.wanted':
			return asked(
				requested(model, (id) => ({ type: 'explain.wanted', id, seq: message.seq })),
				message.rule,
			);
		case 'backtest.started':
			return asked(requested(model, (id) => ({ type: 'backtest.wanted', id, rule: message.rule })));
		case 'explained': {
			const { only } = model.rules;
			const those = message.rules.filter(({ rule }) => only === undefined || rule === only);
			return answered(model, message.id, 'why each rule did or did not fire', explanation(those));
		}
		case 'backtested': {
			const title = `${message.rule} over the buffer`;
			return answered(model, message.id, title, backtest(message));
		}
		default:
			return focusOf(model) === 'rules' ? moved(model, message) : model;
	}
}

/** The rule under the hand; the first where the hand is nowhere. */
export function ruleHere({ rules, screen }: Model): RuleInfo | undefined {
	if (screen !== 'rules') return undefined;
	return rules.list.find(({ id }) => id === rules.selected) ?? rules.list[0];
}

function asked(model: Model, only?: string): Model {
	const { only: _, ...rest } = model.rules;
	const rules = { ...rest, request: model.requests, ...(only !== undefined && { only }) };
	return { ...model, rules };
}

/** An answer lies over the screen unless something else does by now. */
function answered(model: Model, id: number, title: string, lines: readonly ReadingLine[]): Model {
	if (id !== model.rules.request || model.overlays.length > 0) return model;
	return { ...model, overlays: [{ kind: 'reading', title, lines, top: 0 }] };
}

const verdictTones = { fired: 'good', 'held back': 'warn', missed: 'muted' } as const;

function explanation(all: readonly Explanation[]): readonly ReadingLine[] {
	if (all.length === 0) return [{ text: 'no rule looks at such events', tone: 'muted' }];
	return all.flatMap(({ rule, verdict, because, criteria }) => [
		{ text: `${rule} ${verdict}: ${because}`, tone: verdictTones[verdict] },
		...criteria.map(({ says, isMet, why }) => ({
			text: `    ${isMet ? '✓' : '✗'} ${says}${why === undefined ? '' : ` · ${why}`}`,
			tone: isMet ? ('good' as const) : ('bad' as const),
		})),
		{ text: '', tone: 'plain' as const },
	]);
}

function backtest({
	says,
	looked,
	would,
}: Extract<Message, { type: 'backtested' }>): readonly ReadingLine[] {
	return [
		{ text: `${says} · ${looked} events looked at · nothing was suggested`, tone: 'accent' },
		...would.map(({ seq, says }) => ({
			text: `    event ${seq}: ${says}`,
			tone: 'plain' as const,
		})),
	];
}

function moved(model: Model, message: Message): Model {
	const { list } = model.rules;
	const at = list.findIndex(({ id }) => id === ruleHere(model)?.id);
	const to = (line: number): Model => {
		const rule = list[Math.max(0, Math.min(line, list.length - 1))];
		return rule ? { ...model, rules: { ...model.rules, selected: rule.id } } : model;
	};
	switch (message.type) {
		case 'cursor.moved':
			return to(at + message.by);
		case 'cursor.paged':
			return to(at + Math.trunc(message.by * 10));
		case 'cursor.sent':
			return to(message.to === 'first' ? 0 : list.length - 1);
		default:
			return model;
	}
}
