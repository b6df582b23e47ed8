import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseYaml } from '../codec/yaml.ts';
import type { Approval } from '../core/approval.ts';
import { Failure, failures } from '../core/errors.ts';
import type { JsonObject, Plan } from '../core/plan.ts';
import { safeText } from '../core/safe-text.ts';
import type { Yes } from '../engine/approve.ts';
import type { Request } from '../engine/propose.ts';
import { asObject } from '../template/as-json.ts';
import { type ConsentOptions, mustConsent, yesTo } from './consent.ts';
import { follow } from './follow.ts';
import type { GlobalOptions, Io } from './io.ts';
import { planLines } from './plan-lines.ts';
import { tellEnd } from './run-report.ts';
import { globalsOf } from './wanted.ts';
import { type Office, withRespond } from './with-respond.ts';

export type RunOptions = GlobalOptions &
	ConsentOptions & {
		readonly param?: readonly string[];
		readonly dryRun?: boolean;
		readonly detach?: boolean;
		readonly output?: string;
	};

/** `run ACTION [TARGET]` */
export async function run(
	[action, target]: readonly string[],
	options: RunOptions,
	io: Io,
): Promise<number> {
	if (action === undefined) {
		throw new Failure('usage', 'run: which action? eventctl actions list tells which there are');
	}
	return runDeed({ action, target, params: paramsOf(options.param ?? []) }, options, io);
}

export type RunWanted = {
	readonly action: string;
	readonly target: string | undefined;
	readonly params: JsonObject;
};

/** Plans a deed, takes the consent its tier needs, carries it out and tells how it ended. */
export function runDeed(
	{ action, target, params }: RunWanted,
	options: RunOptions,
	io: Io,
): Promise<number> {
	return withRespond(options, io, async (office) => {
		const { deeds, setup } = office.respond;
		const wanted = { action, target, params, origin: 'script' } as const;
		const request = deeds.requestFor(wanted, setup.operator);
		if (!options.dryRun) {
			const what = `${action} ${target ?? ''}`.trimEnd();
			mustConsent(deeds.mustBeAllowed(request), what, target ?? 'NAME', options);
		}
		return runRequest(office, request, options, target);
	});
}

/** Plans what is wanted, takes the yes its plan needs, and sees it through; without that yes nothing is proposed. */
export async function runRequest(
	office: Office,
	request: Request,
	options: RunOptions,
	target: string | undefined,
): Promise<number> {
	const { proposer, stopped } = office.respond;
	for (;;) {
		const drafted = await proposer.draft(request, stopped);
		if (options.dryRun) return tellPlan(drafted.plan, options, office.io);
		const yes = yesTo(drafted.plan, drafted.contentHash, options, target);
		const approval = await proposer.submit(drafted);
		if (approval) return carryOut(office, approval, yes, options);
	}
}

/** Says yes to it and sees it through; what waits for a second person ends here. */
export async function carryOut(
	{ respond, io }: Office,
	{ id, plan }: Approval,
	yes: Yes,
	options: RunOptions,
): Promise<number> {
	if (options.detach && plan.tier < 4) {
		await respond.answers.approve(id, yes, respond.setup.operator);
		detached(id, options);
		io.stderr.write(`${plan.run} is on its way: eventctl runs attach ${plan.run} follows it\n`);
		return 0;
	}
	const approval = await respond.approve(id, yes);
	if (approval.stage.kind === 'proposed') {
		io.stderr.write(`${id} waits for a second person: eventctl approvals approve ${id}\n`);
		return failures.unconfirmed.exit;
	}
	await follow(respond, id, options, io);
	return tellEnd(respond, (await respond.audit.find(id)) ?? approval, options, io);
}

/** A process of its own, which neither this terminal nor its end concerns. */
function detached(id: string, options: GlobalOptions): void {
	const main = fileURLToPath(new URL('./main.js', import.meta.url));
	const argv = [...process.execArgv, main, 'runs', 'carry-out', id, ...globalsOf(options)];
	spawn(process.execPath, argv, { detached: true, stdio: 'ignore', cwd: '/' }).unref();
}

function tellPlan(plan: Plan, { output }: RunOptions, io: Io): number {
	if (output === 'json') {
		io.stdout.write(`${JSON.stringify({ apiVersion: 'eventctl/v1', plan })}\n`);
	} else for (const line of planLines(plan)) io.stdout.write(`${safeText(line)}\n`);
	return plan.dryRun?.isGood === false ? failures.failed.exit : 0;
}

/** `key=value` pairs; a value is a YAML 1.2 scalar or flow. */
function paramsOf(pairs: readonly string[]): JsonObject {
	const params = pairs.map((pair) => {
		const at = pair.indexOf('=');
		if (at < 1) throw new Failure('usage', `--param ${pair}: a parameter is key=value`);
		return [pair.slice(0, at), parseYaml(pair.slice(at + 1))] as const;
	});
	return asObject(Object.fromEntries(params));
}
