import * as z from 'zod';
import type { Action, Progress } from '../core/action.ts';
import type { HostTool } from '../core/host-tool.ts';
import type { Deed, Plan, Undo } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { connectionText, endConnections, isKept, listConnections } from './connections.ts';
import { deleteTable, isLockedDown, rulesetChanges } from './firewall.ts';
import { hostName, hostOf, hostTarget, parseParams } from './host-params.ts';
import { type Mark, readMark, removeMark } from './lockdown-mark.ts';
import { lockdownTable, type Openings } from './lockdown-rules.ts';
import { parseWay } from './openings.ts';

const kind = 'host.unlock';

const schema = z.strictObject({
	host: hostName,
	/** The ruleset before the lockdown, as its undo holds it; absent: as the host itself remembers. */
	saved: z.object({ sha256: z.string(), text: z.string().exactOptional() }).optional(),
});
type Params = z.infer<typeof schema>;

/** Opens a locked host again, exactly as it was, without bringing cut connections back to life. */
export const hostUnlock: Action<Params> = {
	kind,
	version: 1,
	title: 'Unlock the host',
	tier: 2,
	inverse: 'host.lockdown',
	example: 'host: web12\n',
	parse: (raw) => parseParams(kind, schema, raw),
	target: (text) => hostTarget(kind, text),
	fits: (facts) => hostOf(facts),
	plan,
	async precheck(plan, tools) {
		const host = await tools.host(paramsOf(plan).host);
		const isSame = plan.targets[0]?.pins['boot'] === (await host.bootId());
		return isSame ? undefined : `${host.name} was started anew: no lockdown outlives that`;
	},
	run,
};

function paramsOf({ params }: Plan): Params {
	return parseParams(kind, schema, params);
}

async function plan(params: Params, tools: Tools, stop: AbortSignal): Promise<Deed> {
	const host = await tools.host(params.host);
	const mark = await readMark(host);
	const isLocked = await isLockedDown(host, stop);
	// The host remembers it as well: a card need not show a whole ruleset.
	const isRemembered = params.saved === undefined || mark?.saved.sha256 === params.saved.sha256;
	const cut = isLocked && mark ? (await cutConnections(host, mark, stop)).length : 0;
	return {
		params: { host: host.name, ...(isRemembered ? {} : { saved: { ...params.saved } }) },
		targets: [{ name: host.name, pins: { boot: await host.bootId() } }],
		steps: [
			{
				says: 'end the connections that would come back to life',
				command: 'ss -K state connected …',
			},
			{ says: 'delete the table', command: `nft delete table ${lockdownTable.join(' ')}` },
			{ says: 'compare the ruleset with the saved one', command: 'nft -s list ruleset' },
		],
		blast: isLocked
			? [
					`${host.name} is open again to everything its own rules let through`,
					`${cut} cut connections are ended`,
				]
			: [`${host.name} is not locked down: nothing changes`],
		undo: undoOf(host, mark),
	};
}

function undoOf(host: HostTool, mark: Mark | undefined): Undo {
	const openings = mark ? { ssh: mark.ssh, sshPort: mark.sshPort, keep: mark.keep } : {};
	const says = 'lock the host down again, with a confirmation as before';
	return { action: 'host.lockdown', params: { host: host.name, ...openings }, says };
}

async function* run(plan: Plan, tools: Tools, stop: AbortSignal): AsyncGenerator<Progress> {
	const params = paramsOf(plan);
	const host = await tools.host(params.host);
	const release = await host.lock('lockdown');
	try {
		yield* open(host, params.saved, stop);
	} finally {
		await release();
	}
}

async function* open(
	host: HostTool,
	given: Params['saved'],
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	const mark = await readMark(host);
	if (!(await isLockedDown(host, stop))) {
		yield { kind: 'note', says: 'already: no lockdown stands' };
	} else {
		yield* endCut(host, mark, stop);
		yield { kind: 'step', step: 1, state: 'started' };
		await deleteTable(host, stop);
		yield { kind: 'step', step: 1, state: 'done' };
	}
	if (mark) await host.disarm(mark.fuse);
	yield* compare(host, given ?? mark?.saved, stop);
	await removeMark(host);
}

/** A connection that was only silenced would deliver what it has buffered. */
async function* endCut(
	host: HostTool,
	mark: Mark | undefined,
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	if (!mark) {
		yield { kind: 'step', step: 0, state: 'skipped', says: 'nothing tells what was kept' };
		return;
	}
	yield { kind: 'step', step: 0, state: 'started' };
	const cut = await cutConnections(host, mark, stop);
	const alive = await endConnections(cut, host, stop);
	yield { kind: 'step', step: 0, state: 'done', says: `${cut.length - alive.length} ended` };
	if (alive.length === 0) return;
	const names = alive.slice(0, 10).map(connectionText).join(', ');
	yield {
		kind: 'note',
		says: `${alive.length} connections could not be ended and live again: ${names}`,
	};
}

async function cutConnections(host: HostTool, mark: Mark, stop: AbortSignal) {
	const openings: Openings = { ...mark, keep: mark.keep.map(parseWay) };
	return (await listConnections(host, stop)).filter((connection) => !isKept(connection, openings));
}

async function* compare(
	host: HostTool,
	saved: Params['saved'],
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	if (!saved) {
		yield { kind: 'step', step: 2, state: 'skipped', says: 'no ruleset was saved' };
		return;
	}
	yield { kind: 'step', step: 2, state: 'started' };
	const changes = await rulesetChanges(saved, host, stop);
	const isSame = changes.length === 0;
	const says = isSame ? 'as before, line by line' : `${changes.length} lines differ`;
	yield { kind: 'step', step: 2, state: 'done', says };
	if (isSame) return;
	yield { kind: 'output', step: 2, stream: 'out', text: `${changes.join('\n')}\n` };
	yield {
		kind: 'note',
		says: `the ruleset is not as it was saved: ${changes.slice(0, 3).join('; ')}`,
	};
}
