import * as z from 'zod';
import { hasUnseen } from '../codec/escape.ts';
import type { Action } from '../core/action.ts';
import { shellLine } from '../core/shell-words.ts';
import type { Tools, Waking } from '../core/tools.ts';
import { checked } from './destination.ts';
import { fireEvent } from './fire-event.ts';

const kind = 'salt.fire';
const isPlain = (text: string) => !hasUnseen(text) && !text.includes('\n');
const schema = z.strictObject({
	tag: z.string().min(1).max(512).refine(isPlain, 'a tag is plain text'),
	data: z.record(z.string(), z.json()).default({}),
	source: z.string().min(1).max(64).default('salt').describe('the source to fire onto'),
	forward: z.boolean().exactOptional().describe('from a minion through to its master'),
});
type Params = z.infer<typeof schema>;

/** Fires an event onto a bus, Salt's unless another is named. Its tier is that of what it wakes. */
export const saltFire: Action<Params> = {
	kind,
	version: 1,
	title: 'Fire an event onto a bus',
	tier: 1,
	example: `
tag: ops/deploy/done
data: { service: payments, version: "2.14.2" }
`,
	parse: (raw) => checked(kind, schema, raw),
	target: (text) => ({ tag: text }),
	fits: () => undefined,
	async plan(params, tools) {
		const { tag, data, source, forward } = params;
		const { wakes, tier, unknown } = await wokenBy(params, tools);
		const bus = forward ? `${source},forward` : source;
		const pairs = Object.entries(data).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
		return {
			params,
			targets: [{ name: tag, pins: { source } }],
			steps: [
				{
					says: `fire ${tag} onto ${source}${forward ? ' and on to its master' : ''}`,
					command: shellLine(['eventctl', 'fire', tag, ...pairs, '--bus', bus]),
				},
			],
			blast: wakes.length > 0 ? wakes.map(({ says }) => `wakes ${says}`) : ['wakes nothing known'],
			undo: { none: 'what was fired has been heard' },
			tier,
			...(unknown !== undefined && { notes: [unknown] }),
		};
	},
	/** What it wakes may have changed since: a rule loaded, a reactor configured. */
	async precheck({ params, tier }, tools) {
		const now = await wokenBy(schema.parse(params), tools);
		return now.tier > tier ? `it would wake more now than the plan says: T${now.tier}` : undefined;
	},
	async *run({ params }, tools, stop) {
		const { tag, data, source, forward = false } = schema.parse(params);
		yield { kind: 'step', step: 0, state: 'started' };
		const says = await fireEvent(tools, { source, forward }, { tag, data }, stop);
		yield { kind: 'step', step: 0, state: 'done', says };
		yield { kind: 'note', says };
	},
};

const nobodyCanTell: Waking = {
	wakes: [],
	tier: 2,
	unknown: 'nobody can tell from here what it would wake',
};

async function wokenBy({ source, tag, data }: Params, tools: Tools): Promise<Waking> {
	return (await tools.wakes?.(source, { tag, data })) ?? nobodyCanTell;
}
