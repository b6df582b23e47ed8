import type { Decoded } from '../core/criterion.ts';
import { Failure } from '../core/errors.ts';
import type { Explanation, RuleInfo } from '../core/rule.ts';
import type { EventLog, Place } from '../log/event-log.ts';
import { Matcher } from '../log/matcher.ts';
import type { Backtest } from '../rules/backtest.ts';
import type { Decoder } from './decoder.ts';
import { Feed } from './feed.ts';
import type { Reactor } from './react.ts';

export type RehearsalSetup = {
	readonly log: EventLog;
	readonly decoder: Decoder;
	readonly reactor: Reactor;
	/** A rule as it was when it had seen nothing; undefined where there is none of that id. */
	readonly backtest: (rule: string) => Backtest | undefined;
	readonly now: () => number;
};

const batchRows = 256;

/** What rules would do and why, without doing it. */
export class Rehearsal {
	readonly #setup: RehearsalSetup;

	constructor(setup: RehearsalSetup) {
		this.#setup = setup;
	}

	get banner(): string | undefined {
		return this.#setup.reactor.banner;
	}

	info(): readonly RuleInfo[] {
		return this.#setup.reactor.rules.info();
	}

	/** Why each rule did or did not fire on a row; nothing for a row that has fallen or cannot be read. */
	explain(seq: number): readonly Explanation[] {
		const { log, reactor, now } = this.#setup;
		const place = log.place(seq);
		const event = place && this.#decoded(place);
		const explained = event ? reactor.rules.explain(seq, event, now()) : [];
		const silence = place && reactor.silences.says(place);
		return silence === undefined ? explained : explained.map((one) => silenced(one, silence));
	}

	/** Shows the buffer to a rule that has seen nothing yet, each row at its own time. */
	async backtest(rule: string) {
		const { log, backtest, reactor } = this.#setup;
		const test = backtest(rule);
		const filter = reactor.rules.filter;
		if (!test || !filter) throw new Failure('usage', `there is no rule ${rule} to be replayed`);
		const { criterion, forGaps } = filter;
		const feed = new Feed(log, new Matcher(log, criterion, forGaps, this.#setup.decoder.decode));
		for (const last = log.next; feed.next < last; await turn()) {
			for (const place of feed.take(batchRows)) {
				const event = this.#decoded(place);
				if (event) test.look(seqOf(place), event, Number(event.time / 1_000_000n));
			}
		}
		const { looked, would, says } = test.result();
		return { rule, looked, would, says };
	}

	#decoded({ slab, row }: Place): Decoded | undefined {
		return this.#setup.decoder.decode(slab, row);
	}
}

/** What fired before it was silenced did fire; what would not fire has its own reasons. */
function silenced(explained: Explanation, why: string): Explanation {
	if (explained.verdict !== 'held back') return explained;
	const criteria = [...explained.criteria, { says: 'not silenced', isMet: false, why }];
	return { ...explained, because: `would have fired, but ${why}`, criteria };
}

function seqOf({ slab, row }: Place): number {
	return slab.first + row;
}

function turn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
