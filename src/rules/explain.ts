import type { Cause } from '../core/cause.ts';
import type { Decoded } from '../core/criterion.ts';
import { reasonOf } from '../core/errors.ts';
import type { Explanation, Finding } from '../core/rule.ts';
import { eventLookup } from './event-scope.ts';
import { countKey, countSays, filled, keepsOff } from './run-rule.ts';
import type { RunningRule } from './running-rule.ts';

/** Why a rule did or did not fire for an event, criterion by criterion; those after a missed one are told too. */
export function explain(
	running: RunningRule,
	seq: number,
	event: Decoded,
	now: number,
	cause: Cause | undefined,
): Explanation {
	const { rule } = running;
	const asked = rule.criteria.map(({ says, test }): Finding => ({ says, isMet: test(event) }));
	const missed = asked.filter(({ isMet }) => !isMet);
	if (missed.length > 0) {
		const because = `not ${missed.map(({ says }) => says).join(', nor ')}`;
		return { rule: rule.id, verdict: 'missed', because, criteria: asked };
	}
	const further = [
		ownFinding(running, cause),
		countFinding(running, seq, event, now),
		...fillings(running, event),
	];
	const criteria = [...asked, ...further.filter((finding) => finding !== undefined)];
	if (running.hasFiredFor(seq)) {
		return { rule: rule.id, verdict: 'fired', because: 'it fired for this event', criteria };
	}
	return { rule: rule.id, criteria, ...verdictOf(running, criteria) };
}

function verdictOf(
	{ suspended }: RunningRule,
	criteria: readonly Finding[],
): Pick<Explanation, 'verdict' | 'because'> {
	const unmet = criteria.find(({ isMet }) => !isMet);
	const held = suspended ?? unmet?.why ?? unmet?.says;
	if (held !== undefined) return { verdict: 'held back', because: `would have fired, but ${held}` };
	return { verdict: 'held back', because: 'would fire now: it was not on when this event came' };
}

function ownFinding({ rule }: RunningRule, cause: Cause | undefined): Finding | undefined {
	if (cause === undefined) return undefined;
	const why = keepsOff(rule, cause);
	return {
		says: 'not brought about by eventctl itself',
		isMet: why === undefined,
		...(why && { why }),
	};
}

function countFinding(
	{ rule, window }: RunningRule,
	seq: number,
	event: Decoded,
	now: number,
): Finding | undefined {
	const { count } = rule.spec;
	if (count === undefined || window === undefined) return undefined;
	const says = countSays(count);
	const counted = countKey(rule, event);
	if ('missing' in counted) {
		return { says, isMet: false, why: `it has no ${counted.missing} to count by` };
	}
	const found = window.countAt(counted.key, seq, now);
	const about = counted.key === '' ? '' : ` for ${counted.key}`;
	return {
		says,
		isMet: found >= count.at_least,
		why: `it was number ${found} of ${count.at_least}${about}`,
	};
}

function fillings({ rule }: RunningRule, event: Decoded): readonly Finding[] {
	return rule.asks.map((ask): Finding => {
		const says = `${ask.use} ${ask.action}`;
		try {
			filled(ask, eventLookup(event));
			return { says, isMet: true };
		} catch (thrown) {
			return { says, isMet: false, why: reasonOf(thrown) };
		}
	});
}
