import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../codec/canonical.ts';
import type { Cause } from '../core/cause.ts';
import type { Outgoing } from '../core/connector.ts';
import type { Decoded } from '../core/criterion.ts';
import { numberIn } from '../core/detail.ts';
import type { SaltTool } from '../core/salt-tool.ts';
import type { Tools } from '../core/tools.ts';
import type { AuditLog } from './audit-log.ts';

/** A chain of runs, each caused by what the one before it emitted, ends here. */
export const maxDepth = 3;

/** The key under which an event that we fire says what caused it. */
const markKey = 'eventctl';
const maxJobs = 1000;
const maxWrappings = 3;

/**
 * Knows our own doing when it comes back over a bus: a mark that only somebody who has the plan can have made, or
 * the id of a job we started. What cannot be proved counts as absent, so a forged mark keeps no rule away.
 */
export class Causes {
	readonly #audit: AuditLog;
	readonly #depths = new Map<string, number>();
	readonly #jobs = new Map<string, Cause>();

	/** To be made before the audit log is opened, for it hears how deep every plan lies. */
	constructor(audit: AuditLog) {
		this.#audit = audit;
		audit.listen((step) => {
			if (step.kind === 'propose') this.#depths.set(step.id, numberIn(step, 'depth') ?? 1);
		});
	}

	/** What provably caused an event; undefined where nothing of ours did. */
	of({ tag, data, facts }: Decoded): Cause | undefined {
		const job = facts.ids.find((id) => this.#jobs.has(id));
		return job === undefined ? this.#verified(tag, data) : this.#jobs.get(job);
	}

	/** The tools of a run: what it fires bears its mark, the jobs it starts are known again. */
	marking(tools: Tools, run: string): Tools {
		const cause = { run, depth: this.#depths.get(approvalOf(run)) ?? 1 };
		return {
			...tools,
			fire: (source, event, options, stop) =>
				tools.fire(source, this.#marked(event, cause), options, stop),
			salt: async () => this.#watching(await tools.salt(), cause),
		};
	}

	#marked({ tag, data }: Outgoing, cause: Cause): Outgoing {
		const signature = this.#signature(cause, tag, data);
		if (!isRecord(data) || signature === undefined) return { tag, data };
		return { tag, data: { ...data, [markKey]: { ...cause, signature } } };
	}

	#watching(salt: SaltTool, cause: Cause): SaltTool {
		return {
			how: salt.how,
			match: (target, targetType, stop) => salt.match(target, targetType, stop),
			start: async (order, stop) => {
				const job = await salt.start(order, stop);
				this.#learn(job.jid, cause);
				return job;
			},
			runner: (order, timeoutMs, stop) => salt.runner(order, timeoutMs, stop),
		};
	}

	#learn(job: string, cause: Cause): void {
		this.#jobs.set(job, cause);
		for (const oldest of this.#jobs.keys()) {
			if (this.#jobs.size <= maxJobs) break;
			this.#jobs.delete(oldest);
		}
	}

	#verified(tag: string, data: unknown): Cause | undefined {
		const marked = markedIn(data, maxWrappings);
		const mark = marked?.[markKey];
		if (!isRecord(mark)) return undefined;
		const { run, depth, signature } = mark;
		if (typeof run !== 'string' || typeof signature !== 'string') return undefined;
		const cause = { run, depth: Number(depth) };
		const own = this.#signature(cause, tag, marked);
		return own !== undefined && isSame(own, signature) ? cause : undefined;
	}

	/** Over tag and data, so that a mark seen on the bus fits no other event; a bus may add keys like `_stamp`. */
	#signature(cause: Cause, tag: string, data: unknown): string | undefined {
		const approval = this.#audit.get(approvalOf(cause.run));
		if (!approval || !isRecord(data)) return undefined;
		const own = Object.entries(data).filter(([key]) => key !== markKey && !key.startsWith('_'));
		const signed = canonicalJson({ ...cause, tag, data: Object.fromEntries(own) });
		return createHmac('sha256', approval.contentHash).update(signed).digest('hex').slice(0, 32);
	}
}

/** The map that bears a mark: Salt's minion bus wraps what was sent in a `data` of its own. */
function markedIn(data: unknown, depth: number): Readonly<Record<string, unknown>> | undefined {
	if (!isRecord(data) || depth === 0) return undefined;
	return Object.hasOwn(data, markKey) ? data : markedIn(data['data'], depth - 1);
}

/** The approval of a run bears its number. */
function approvalOf(run: string): string {
	return `A-${run.slice(2)}`;
}

function isSame(own: string, other: string): boolean {
	const [one, two] = [Buffer.from(own), Buffer.from(other)];
	return one.length === two.length && timingSafeEqual(one, two);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
