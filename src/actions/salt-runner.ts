import * as z from 'zod';
import type { Action } from '../core/action.ts';
import { Failure } from '../core/errors.ts';
import { shellLine } from '../core/shell-words.ts';
import { checked } from './destination.ts';
import { runnerWords } from './salt-arguments.ts';
import { callShape, millisecondsOf, timeoutOf } from './salt-order.ts';
import { detailsOf, toldOf } from './salt-returns.ts';

const kind = 'salt.runner';
const schema = z.strictObject({ ...callShape, timeout: timeoutOf('5m') });
type Params = z.infer<typeof schema>;

/** Runs a runner on the Salt master itself: `state.orchestrate`, `manage.down`. */
export const saltRunner: Action<Params> = {
	kind,
	version: 1,
	title: 'Run a Salt runner on the master',
	tier: 3,
	example: `
fun: state.orchestrate
args: [orch.failover]
`,
	parse: (raw) => checked(kind, schema, raw),
	target: (text) => ({ fun: text }),
	fits: () => undefined,
	async plan(params, tools) {
		const { how } = await tools.salt();
		const words = [params.fun, ...params.args.map((value) => JSON.stringify(value))].join(' ');
		return {
			params,
			targets: [{ name: params.fun, pins: { how } }],
			steps: [
				{
					says: `${words} on the master`,
					command: shellLine(['salt-run', ...runnerWords(params)]),
				},
			],
			blast: ['the Salt master, and whatever the runner reaches from there'],
			undo: { none: 'nobody knows what a runner did' },
		};
	},
	async precheck({ targets }, tools) {
		const { how } = await tools.salt();
		const isSame = targets[0]?.pins['how'] === how;
		return isSame ? undefined : `target changed: Salt is reached by ${how} now`;
	},
	async *run({ params: raw }, tools, stop) {
		const params = schema.parse(raw);
		yield { kind: 'step', step: 0, state: 'started' };
		const salt = await tools.salt();
		const found = await salt.runner(params, millisecondsOf(params.timeout), stop);
		const says = toldOf(found);
		for (const text of [says, ...detailsOf(found).map((line) => `    ${line}`)]) {
			yield { kind: 'output', step: 0, stream: 'out', text: `${text}\n` };
		}
		if (!found.isGood) throw new Failure('failed', says);
		yield { kind: 'step', step: 0, state: 'done', says };
	},
};
