import * as z from 'zod';
import { type Action, Refusal } from '../core/action.ts';
import type { Tools } from '../core/tools.ts';
import { checkRules, isLockedDown } from './firewall.ts';
import { hostName, hostOf, hostTarget, parseParams } from './host-params.ts';
import { hostSettings } from './host-settings.ts';
import { type Lockdown, planLockdown } from './lockdown-plan.ts';
import { lockdownRules } from './lockdown-rules.ts';
import { runLockdown } from './lockdown-run.ts';
import { isWithin, parseNetwork, parseWay, resolveWays } from './openings.ts';
import { isLoopback } from './ssh-login.ts';

const kind = 'host.lockdown';

const schema = z.strictObject({
	host: hostName,
	/** From where SSH stays open; absent: as configured, else from where the operator sits. */
	ssh: z.array(z.string()).min(1).optional(),
	sshPort: z.int().min(1).max(65_535).optional(),
	/** What it may still reach, as `parseWay` reads it; absent: as configured. */
	keep: z.array(z.string()).optional(),
});
type Params = z.infer<typeof schema>;

/** Closes a host but for SSH and named addresses. It opens again after `revertMs` unless a new login confirms it. */
export function lockdownThatReverts(revertMs: number): Action<Params> {
	return {
		kind,
		version: 1,
		title: 'Lock the host down',
		tier: 2,
		inverse: 'host.unlock',
		contains: true,
		letter: 'l',
		example: 'host: web12\nssh: [10.0.0.0/24]\nkeep: [10.0.0.9:4222, 10.0.0.53:53/udp]\n',
		parse,
		target: (text) => hostTarget(kind, text),
		fits: (facts) => hostOf(facts),
		async plan(params, tools, stop) {
			const lockdown = await lockdownOf(params, tools, stop);
			return planLockdown(lockdown, revertMs, tools.run, stop);
		},
		async precheck({ params, targets }, tools, stop) {
			const { host, openings } = await lockdownOf(parse(params), tools, stop);
			const isSameBoot = targets[0]?.pins['boot'] === (await host.bootId());
			if (!isSameBoot) return `target changed: ${host.name} was started anew`;
			if (await isLockedDown(host, stop)) return `${host.name} is locked down already`;
			await checkRules(lockdownRules(openings), host, stop);
			return undefined;
		},
		async *run({ params }, tools, stop) {
			const lockdown = await lockdownOf(parse(params), tools, stop);
			yield* runLockdown(lockdown, revertMs, tools, stop);
		},
	};
}

/** A lockdown that opens again after a minute without a new login. */
export const hostLockdown = lockdownThatReverts(60_000);

function parse(raw: unknown): Params {
	const params = parseParams(kind, schema, raw);
	for (const network of params.ssh ?? []) parseNetwork(network);
	for (const way of params.keep ?? []) parseWay(way);
	return params;
}

/** What stays open; a Refusal where nobody could come back in, or the operator would be cut off. */
async function lockdownOf(params: Params, tools: Tools, stop: AbortSignal): Promise<Lockdown> {
	const host = await tools.host(params.host);
	const settings = hostSettings(tools.settings);
	const login = await host.login();
	const own = login && !isLoopback(login) ? login : undefined;
	const configured = settings.ssh.length > 0 ? settings.ssh : own ? [own.peer] : [];
	const ssh = (params.ssh ?? configured).map(parseNetwork);
	if (ssh.length === 0) {
		throw new Refusal(
			'nobody could log in to confirm it: name host.ssh, from where SSH stays open',
		);
	}
	if (own && !isWithin(own.peer, ssh)) {
		const kept = ssh.join(', ');
		throw new Refusal(`you come from ${own.peer}, outside ${kept}: it would lock you out`);
	}
	const keep = await resolveWays((params.keep ?? settings.keep).map(parseWay), host, stop);
	return { host, openings: { ssh, sshPort: params.sshPort ?? own?.port ?? 22, keep } };
}
