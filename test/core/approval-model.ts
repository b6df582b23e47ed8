import type { Stage, Step, StepKind, Terms } from '../../src/core/approval.ts';
import { leaseMs } from '../../src/core/stage.ts';
import { aStep, engine, stepEpoch } from '../support/a-step.ts';
import { ivan, olga } from '../support/an-approval.ts';
import { type Move as AnyMove, type Explored, explore } from '../support/explore.ts';
import {
	blind,
	type Executor,
	expiry,
	horizon,
	keyOf,
	stageKey,
	unended,
	violation,
	type World,
} from './model-world.ts';

type Move = AnyMove<World>;

export type Advance = (stage: Stage, step: Step, terms: Terms) => Stage;

/** What an executor does, as it should be; a mutant does one thing otherwise. */
export type Protocol = {
	/** Appends only where nobody else has since it looked. */
	readonly comparesAndSets: boolean;
	/** Goes on only where its step moved the stage. */
	readonly folds: boolean;
	/** Writes the intent before it acts, and acts only if that was taken. */
	readonly intends: 'first' | 'after' | 'whatever the answer';
	/** Looks at its clock once more between intent and effect. */
	readonly checksLease: boolean;
	/** Leaves alone what it finds running when it starts. */
	readonly leavesRunning: boolean;
	/** Tells how it ended after it acted. */
	readonly ends: 'after' | 'before';
	/** What was acknowledged outlives a crash. */
	readonly isDurable: boolean;
};

export const protocol: Protocol = {
	comparesAndSets: true,
	folds: true,
	intends: 'first',
	checksLease: true,
	leavesRunning: true,
	ends: 'after',
	isDurable: true,
};

const idle: Executor = { at: 'idle', epoch: 0, until: 0, isFresh: false, life: 1 };
const lives = 2;

export type Exploration = Pick<Terms, 'tier'> &
	Partial<Protocol> & {
		readonly executors?: number;
		/** Which broken promise to look for; any, where it is not said. */
		readonly seeks?: string;
	};

/** Walks through every world of one approval that can come about with this table and executors that behave so. */
export function exploreApproval(
	advance: Advance,
	{ tier, executors = 2, seeks, ...behaviour }: Exploration,
): Explored {
	const model = new Model(advance, tier, { ...protocol, ...behaviour });
	const rules = {
		moves: (world: World) => model.moves(world),
		keyOf,
		violation: (before: World, after: World) => violation({ tier }, before, after),
		unended,
	};
	return explore(model.start(executors), rules, seeks);
}

class Model {
	readonly #advance: Advance;
	readonly #terms: Terms;
	readonly #protocol: Protocol;
	readonly #memo = new Map<string, Stage>();

	constructor(advance: Advance, tier: Terms['tier'], behaviour: Protocol) {
		this.#advance = advance;
		this.#protocol = behaviour;
		const notAfter = stepEpoch + expiry * leaseMs;
		this.#terms = { contentHash: 'hash', tier, requester: olga.id, notAfter };
	}

	start(executors: number): World {
		const stage: Stage = { kind: 'proposed', by: [] };
		return { time: 0, stage, executors: Array.from({ length: executors }, () => idle), effects: 0 };
	}

	moves(world: World): readonly Move[] {
		return [
			...this.#time(world),
			...this.#people(world),
			...this.#anybody(world),
			...world.executors.flatMap((executor, index) => [
				...this.#works(world, executor, index),
				...this.#dies(world, executor, index),
			]),
		];
	}

	#time(world: World): readonly Move[] {
		return world.time < horizon
			? [{ says: 'time goes on', world: { ...world, time: world.time + 1 } }]
			: [];
	}

	#people(world: World): readonly Move[] {
		return [
			this.#appended(world, 'approve', { actor: olga }),
			this.#appended(world, 'approve', { actor: ivan }),
			this.#appended(world, 'approve', { actor: engine }),
			this.#appended(world, 'approve', { actor: blind, contentHash: 'another plan' }),
			this.#appended(world, 'reject', { actor: ivan, detail: { reason: 'no' } }),
			this.#appended(world, 'settle', { actor: ivan, detail: { note: 'looked' } }),
		];
	}

	/** What any process may write about another's approval. */
	#anybody(world: World): readonly Move[] {
		const { stage, time, executors } = world;
		const moves = [
			this.#appended(world, 'supersede', { detail: { because: 'edited' } }),
			this.#appended(world, 'expire', {}),
		];
		if ('epoch' in stage) {
			moves.push(this.#appended(world, 'release', { detail: { epoch: stage.epoch } }));
		}
		if (stage.kind === 'running' || stage.kind === 'ok') {
			const isSilent = time >= Math.floor(((stage.startedAt ?? 0) - stepEpoch) / leaseMs) + 1;
			const isGone = !executors.some(
				(executor, index) => nameOf(executor, index) === stage.executor,
			);
			const detail = { epoch: stage.epoch, reason: 'silent' };
			if (isSilent || isGone) moves.push(this.#appended(world, 'lose', { detail }));
		}
		return moves;
	}

	#works(world: World, executor: Executor, index: number): readonly Move[] {
		switch (executor.at) {
			case 'idle':
				return this.#looks(world, executor, index);
			case 'saw':
				return this.#claims(world, executor, index);
			case 'claimed':
				return [...this.#begins(world, executor, index), ...this.#refuses(world, executor, index)];
			case 'intended':
				return this.#acts(world, executor, index);
			case 'acted':
				return this.#tells(world, executor, index);
			default:
				return [];
		}
	}

	#looks(world: World, executor: Executor, index: number): readonly Move[] {
		const { stage } = world;
		if (stage.kind === 'approved') {
			const saw: Executor = { ...executor, at: 'saw', epoch: stage.epoch + 1, isFresh: true };
			return [{ says: `${index} sees it approved`, world: withExecutor(world, index, saw) }];
		}
		if (this.#protocol.leavesRunning || stage.kind !== 'running') return [];
		if (stage.executor.startsWith(`e${index}`) && stage.executor !== nameOf(executor, index)) {
			const back: Executor = {
				...executor,
				at: 'intended',
				epoch: stage.epoch,
				until: horizon + 1,
			};
			return [{ says: `${index} takes its run up again`, world: withExecutor(world, index, back) }];
		}
		return [];
	}

	#claims(world: World, executor: Executor, index: number): readonly Move[] {
		const claimed: Executor = { ...executor, at: 'claimed', until: world.time + 1 };
		return this.#writes(world, 'claim', executor, index, claimed);
	}

	#begins(world: World, executor: Executor, index: number): readonly Move[] {
		if (this.#protocol.intends === 'after') {
			return this.#acts(world, executor, index);
		}
		return this.#writes(world, 'intend', executor, index, { ...executor, at: 'intended' });
	}

	#acts(world: World, executor: Executor, index: number): readonly Move[] {
		if (this.#protocol.checksLease && world.time >= executor.until) {
			return this.#refuses(world, executor, index);
		}
		if (this.#protocol.ends === 'before' && executor.at === 'intended') {
			const detail = { epoch: executor.epoch, outcome: 'ok' };
			const told = this.#appended(world, 'end', { detail }, index);
			return [{ ...told, world: withExecutor(told.world, index, { ...executor, at: 'acted' }) }];
		}
		const acted = withExecutor(world, index, {
			...executor,
			at: 'acted',
			until: 0,
			isFresh: false,
		});
		return [{ says: `${index} acts`, world: { ...acted, effects: world.effects + 1 } }];
	}

	#tells(world: World, executor: Executor, index: number): readonly Move[] {
		if (this.#protocol.ends === 'before') {
			const acted = withExecutor(world, index, rested(executor));
			return [{ says: `${index} acts`, world: { ...acted, effects: world.effects + 1 } }];
		}
		const kind: StepKind =
			this.#protocol.intends === 'after' && world.stage.kind === 'claimed' ? 'intend' : 'end';
		return ['ok', 'failed'].map((outcome) => {
			const detail = { executor: nameOf(executor, index), epoch: executor.epoch, outcome };
			const told = this.#appended(world, kind, { detail }, index);
			const then = kind === 'end' ? rested(executor) : executor;
			return { ...told, world: withExecutor(told.world, index, then) };
		});
	}

	#refuses(world: World, executor: Executor, index: number): readonly Move[] {
		const detail = { epoch: executor.epoch, outcome: 'refused' };
		const told = this.#appended(world, 'end', { detail }, index);
		return [{ ...told, world: withExecutor(told.world, index, rested(executor)) }];
	}

	/** A step that is believed in where the store took it: after a conflict the executor looks again. */
	#writes(
		world: World,
		kind: 'claim' | 'intend',
		executor: Executor,
		index: number,
		then: Executor,
	): readonly Move[] {
		const { comparesAndSets, intends } = this.#protocol;
		if (comparesAndSets && !executor.isFresh) {
			const isHeld = kind === 'intend' && this.#isHeld(world, executor, index);
			const goesOn = kind === 'intend' && intends === 'whatever the answer';
			const after: Executor = goesOn
				? then
				: isHeld
					? { ...executor, isFresh: true }
					: rested(executor);
			return [
				{ says: `${index} was too late to ${kind}`, world: withExecutor(world, index, after) },
			];
		}
		const detail = { executor: nameOf(executor, index), epoch: executor.epoch };
		const move = this.#appended(world, kind, { detail }, index);
		const isTaken = this.#isTaken(world, kind, executor, index) || !this.#protocol.folds;
		const after: Executor = isTaken ? { ...then, isFresh: true } : rested(executor);
		return [{ ...move, world: withExecutor(move.world, index, after) }];
	}

	/** Whether the step is one that counts, as far as the executor can tell: by what it saw when it looked. */
	#isTaken(world: World, kind: 'claim' | 'intend', executor: Executor, index: number): boolean {
		const { epoch, until } = executor;
		const name = nameOf(executor, index);
		const seen: Stage =
			kind === 'claim'
				? { kind: 'approved', by: [], epoch: epoch - 1 }
				: {
						kind: 'claimed',
						by: [],
						executor: name,
						epoch,
						leaseUntil: stepEpoch + until * leaseMs,
					};
		const stage = this.#protocol.comparesAndSets ? world.stage : seen;
		const after = this.#next({ ...world, stage }, kind, { detail: { executor: name, epoch } });
		return after.kind === (kind === 'claim' ? 'claimed' : 'running') && after !== stage;
	}

	#isHeld({ stage }: World, executor: Executor, index: number): boolean {
		return stage.kind === 'claimed' && stage.executor === nameOf(executor, index);
	}

	/** Whoever dies is started again, under another name, knowing nothing. */
	#dies(world: World, { at, life }: Executor, index: number): readonly Move[] {
		if (life >= lives || at === 'idle') return [];
		const reborn = withExecutor(world, index, { ...idle, life: life + 1 });
		const { unsynced, ...rest } = reborn;
		const isLost = !this.#protocol.isDurable && unsynced?.by === index;
		return [{ says: `${index} dies`, world: isLost ? { ...rest, stage: unsynced.stage } : reborn }];
	}

	/** The world after a step was appended; who else had looked has looked too early. */
	#appended(world: World, kind: StepKind, given: Partial<Step>, by = -1): Move {
		const stage = this.#next(world, kind, given);
		const who = given.actor?.name ?? (by < 0 ? 'somebody' : `${by}`);
		const says = `${who}: ${kind} ${JSON.stringify(given.detail ?? {})}, and it is ${stage.kind}`;
		const isTaken = by >= 0 || stage !== world.stage;
		if (!isTaken) return { says, world };
		const executors = world.executors.map((executor, index) =>
			index === by || !executor.isFresh ? executor : { ...executor, isFresh: false },
		);
		const { unsynced: _, ...rest } = world;
		const back = this.#protocol.isDurable ? {} : { unsynced: { stage: world.stage, by } };
		return { says, world: { ...rest, stage, executors, ...back } };
	}

	#next(world: World, kind: StepKind, given: Partial<Step>): Stage {
		const key = `${world.time};${stageKey(world.stage)};${kind};${JSON.stringify(given)}`;
		const known = this.#memo.get(key);
		if (known) return same(known, world.stage);
		const step = aStep(kind, { ...given, ms: world.time * leaseMs });
		const next = this.#advance(world.stage, step, this.#terms);
		this.#memo.set(key, next);
		return next;
	}
}

/** Stages that are equal are the same to the model, as they are to the store. */
function same(next: Stage, stage: Stage): Stage {
	return stageKey(next) === stageKey(stage) ? stage : next;
}

function nameOf({ life }: Executor, index: number): string {
	return `e${index}.${life}`;
}

function rested({ life }: Executor): Executor {
	return { ...idle, life };
}

function withExecutor(world: World, index: number, executor: Executor): World {
	return { ...world, executors: world.executors.with(index, executor) };
}
