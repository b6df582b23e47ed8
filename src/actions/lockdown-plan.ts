import { Refusal } from '../core/action.ts';
import type { HostTool } from '../core/host-tool.ts';
import type { Deed, JsonObject } from '../core/plan.ts';
import { isKept, listConnections } from './connections.ts';
import { checkRules, isLockedDown, type Saved } from './firewall.ts';
import { lockdownRules, lockdownTable, type Openings } from './lockdown-rules.ts';
import { wayText } from './openings.ts';

/** What a lockdown is planned and done with. */
export type Lockdown = { readonly host: HostTool; readonly openings: Openings };

/** The deed, rehearsed; a Refusal where the host is locked down already or its kernel does not take the rules. */
export async function planLockdown(
	{ host, openings }: Lockdown,
	revertMs: number,
	run: string,
	stop: AbortSignal,
): Promise<Deed> {
	if (await isLockedDown(host, stop)) throw new Refusal(`${host.name} is locked down already`);
	const rules = lockdownRules(openings);
	await checkRules(rules, host, stop);
	const seconds = revertMs / 1000;
	return {
		params: { host: host.name, ...asParams(openings) },
		targets: [{ name: host.name, pins: { boot: await host.bootId() } }],
		steps: [
			{ says: 'save the ruleset as it is', command: 'nft -s list ruleset' },
			{
				says: `arm the revert: it opens again in ${seconds} s unless confirmed`,
				command: `sleep ${seconds} && nft delete table ${lockdownTable.join(' ')}`,
			},
			{ says: 'close everything else', command: 'nft -f lockdown.nft' },
			{
				says: 'wait for the confirmation from a new SSH login',
				command: `eventctl confirm ${run}`,
			},
		],
		blast: await blastOf(host, openings, stop),
		undo: undoOf(host.name),
		dryRun: {
			isGood: true,
			says: 'nft takes the rules',
			lines: rules
				.trimEnd()
				.split('\n')
				.map((line) => `+ ${line}`),
		},
	};
}

async function blastOf(
	host: HostTool,
	openings: Openings,
	stop: AbortSignal,
): Promise<readonly string[]> {
	const connections = await listConnections(host, stop);
	const kept = connections.filter((connection) => isKept(connection, openings));
	const silent = connections.length - kept.length;
	const ways = openings.keep.map(wayText).join(', ');
	return [
		`${host.name}: ${silent} of ${connections.length} open connections go silent, nothing new comes in or goes out`,
		`SSH stays open to port ${openings.sshPort} from ${openings.ssh.join(', ')}`,
		ways ? `it still reaches ${ways}` : 'it reaches nothing else: no hub, no Salt master, no DNS',
	];
}

function asParams({ ssh, sshPort, keep }: Openings): JsonObject {
	return { ssh, sshPort, keep: keep.map(wayText) };
}

/** The way back; with the ruleset as it was, once that is saved. */
export function undoOf(
	host: string,
	saved?: Saved,
): { readonly action: string; readonly params: JsonObject; readonly says: string } {
	const says = 'delete the table: the ruleset is then as it was';
	return { action: 'host.unlock', params: { host, ...(saved ? { saved } : {}) }, says };
}
