import { Failure } from '../core/errors.ts';
import type { Mark } from '../core/respond-session.ts';
import type { EventLog, Place } from '../log/event-log.ts';
import type { Matcher } from '../log/matcher.ts';
import { engineActor } from './actors.ts';
import type { Decoder } from './decoder.ts';
import type { Respond } from './respond.ts';
import { matcherFor } from './sight.ts';

export type SilencesSetup = {
	readonly log: EventLog;
	readonly decoder: Decoder;
	readonly respond: Respond;
};

/** A silence that holds, and whether it lies over a row; `kept` counts what it kept from the rules. */
type Silence = { readonly mark: Mark; readonly matcher: Matcher | undefined; kept: number };

/**
 * The silences that hold, as rules feel them: what a person called noise is neither suggested upon nor told to
 * anybody. What each kept from the rules is counted, and said when it is over.
 */
export class Silences {
	readonly #setup: SilencesSetup;
	#silences: readonly Silence[] = [];
	#isStale = true;

	constructor(setup: SilencesSetup) {
		this.#setup = setup;
		setup.respond.audit.listen(({ kind }) => {
			if (kind === 'silence' || kind === 'unsilence') this.#isStale = true;
		});
	}

	/** Whether a row that rules might want is kept from them; it is counted by that. */
	keep(place: Place): boolean {
		const silence = this.#over(place);
		if (silence) silence.kept += 1;
		return silence !== undefined;
	}

	/** Who keeps a row from the rules, until when and by what words; undefined where nobody does. */
	says(place: Place): string | undefined {
		const mark = this.#over(place)?.mark;
		if (!mark) return undefined;
		const until = new Date(mark.untilMs ?? 0).toISOString().slice(11, 19);
		return `${mark.by} silenced it until ${until} UTC: ${mark.text}`;
	}

	/** Tells what every silence that is over has kept from the rules; to be called every second or so. */
	look(): void {
		const isOver = ({ mark }: Silence) => !this.#holds(mark);
		const isAnyOver = this.#silences.some(isOver);
		if (this.#isStale || isAnyOver) this.#refresh();
	}

	#over({ slab, row }: Place): Silence | undefined {
		if (this.#isStale) this.#refresh();
		return this.#silences.find(
			({ mark, matcher }) => this.#holds(mark) && matcher?.matches(slab, row),
		);
	}

	#refresh(): void {
		this.#isStale = false;
		const { marks } = this.#setup.respond;
		const before = this.#silences;
		const now = marks.all.filter(({ kind }) => kind === 'silence');
		this.#silences = now.map(
			(mark) =>
				before.find((silence) => silence.mark.record === mark.record) ?? {
					mark,
					matcher: this.#matcherOf(mark),
					kept: 0,
				},
		);
		for (const silence of before) if (!this.#silences.includes(silence)) this.#tell(silence);
	}

	/** A filter that no engine of this version can read hides nothing in the list either. */
	#matcherOf({ text }: Mark): Matcher | undefined {
		try {
			return matcherFor(this.#setup, text, this.#setup.respond.setup.clock.now());
		} catch (error) {
			if (error instanceof Failure) return undefined;
			throw error;
		}
	}

	#tell({ mark: { record, text }, kept }: Silence): void {
		if (kept === 0) return;
		const { respond } = this.#setup;
		const events = kept === 1 ? '1 event' : `${kept} events`;
		respond.notice(
			'muted',
			`silence ${record} is over: it kept ${events} from the rules (${text})`,
		);
		const detail = { silence: record, kept };
		void respond.record({ kind: 'engine', actor: engineActor, detail });
	}

	#holds({ untilMs }: Mark): boolean {
		return untilMs === undefined || untilMs > this.#setup.respond.setup.clock.now();
	}
}
