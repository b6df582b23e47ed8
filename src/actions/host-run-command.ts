import * as z from 'zod';
import { type Action, Doubt, type Progress, Refusal } from '../core/action.ts';
import { Failure } from '../core/errors.ts';
import type { CommandResult } from '../core/host-tool.ts';
import type { Deed, Plan } from '../core/plan.ts';
import { shellLine } from '../core/shell-words.ts';
import type { Tools } from '../core/tools.ts';
import { fillCommand } from './fill-command.ts';
import { hostName, parseParams } from './host-params.ts';
import { hostSettings } from './host-settings.ts';
import { runStep } from './run-step.ts';

const kind = 'host.run-command';

const value = z.union([z.string(), z.int(), z.bigint()]).transform(String);
const schema = z.strictObject({
	host: hostName,
	/** As the configuration names it. */
	command: z.string().regex(/^[\w-][\w.-]{0,63}$/u, 'is no name of a command'),
	with: z.record(z.string(), value).default({}),
});
type Params = z.infer<typeof schema>;

/** Runs a program that the configuration allows, with parameters of the types it gives them. */
export const hostRunCommand: Action<Params> = {
	kind,
	version: 1,
	title: 'Run an allowed command',
	tier: 3,
	example: 'host: web12\ncommand: restart-unit\nwith: { unit: nginx.service }\n',
	parse: (raw) => parseParams(kind, schema, raw),
	target(text) {
		const [host, command, ...more] = text.split(':');
		const read = schema.pick({ host: true, command: true }).safeParse({ host, command });
		if (read.success && more.length === 0) return { ...read.data, with: {} };
		throw new Failure('usage', `${kind}: its target is a host and a command: web12:restart-unit`);
	},
	fits: () => undefined,
	plan,
	async precheck(plan, tools) {
		const { host, text } = await allowed(parseParams(kind, schema, plan.params), tools);
		if (plan.targets[0]?.pins['boot'] !== (await host.bootId())) {
			return `target changed: ${host.name} was started anew`;
		}
		return plan.steps[0]?.command === text ? undefined : `the configuration now says ${text}`;
	},
	run,
};

/** The command's words; a Refusal where the configuration allows none of that name. */
async function allowed(params: Params, tools: Tools) {
	const { commands } = hostSettings(tools.settings);
	const command = Object.hasOwn(commands, params.command) ? commands[params.command] : undefined;
	if (!command) {
		const names = Object.keys(commands).join(', ') || 'none';
		throw new Refusal(`${params.command} is no command that host.commands allows: ${names}`);
	}
	const argv = fillCommand(command, params.with);
	const host = await tools.host(params.host);
	return { host, argv, text: shellLine(argv), timeoutMs: command.timeout };
}

async function plan(params: Params, tools: Tools): Promise<Deed> {
	const { host, text, timeoutMs } = await allowed(params, tools);
	return {
		params,
		targets: [{ name: `${host.name}:${params.command}`, pins: { boot: await host.bootId() } }],
		steps: [{ says: `run ${params.command}, ${timeoutMs / 1000} s at most`, command: text }],
		blast: [`${host.name}: whatever ${params.command} does there`],
		undo: { none: 'nobody knows what takes a command back' },
	};
}

async function* run(plan: Plan, tools: Tools, stop: AbortSignal): AsyncGenerator<Progress> {
	const { host, argv, text, timeoutMs } = await allowed(
		parseParams(kind, schema, plan.params),
		tools,
	);
	if (plan.steps[0]?.command !== text) throw new Refusal(`the configuration now says ${text}`);
	yield { kind: 'step', step: 0, state: 'started' };
	const result = yield* runStep(host, { step: 0, argv, options: { timeoutMs } }, stop);
	judge(result);
	yield { kind: 'step', step: 0, state: 'done', says: 'exit 0' };
	const { survivors } = result;
	if (survivors.length > 0)
		yield { kind: 'note', says: `it left running: ${survivors.join(', ')}` };
}

/** Throws for anything but an end by itself with 0. */
function judge({ isCut, survivors, exitCode, signal, stderr, base64 }: CommandResult): void {
	if (isCut && survivors.length > 0) {
		throw new Doubt(`it did not end in time, and pids ${survivors.join(', ')} cannot be ended`);
	}
	if (isCut)
		throw new Failure('failed', 'it was ended before it was done, with all it had started');
	if (exitCode === 0) return;
	const words = base64.includes('err') ? '' : (stderr.trim().split('\n').at(-1) ?? '');
	const how = signal === undefined ? `exit ${exitCode}` : `ended by ${signal}`;
	throw new Failure('failed', words === '' ? how : `${how}: ${words}`);
}
