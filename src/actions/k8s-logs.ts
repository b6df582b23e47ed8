import * as z from 'zod';
import { type Action, Refusal } from '../core/action.ts';
import { needRights } from './k8s-access.ts';
import { kubectl } from './k8s-command.ts';
import { logsOf } from './k8s-evidence.ts';
import { objectName, paramsOf, podTargetOf } from './k8s-names.ts';
import { nameOf } from './k8s-objects.ts';
import { findPod, podChanged, podFitting, podPlace, podTarget } from './k8s-pod.ts';

const kind = 'k8s.logs';
const schema = z.strictObject({
	...podPlace,
	/** Lines of each container. */
	tail: z.int().min(1).max(10_000).default(200),
	/** Only this one of the pod's containers. */
	only: objectName.exactOptional(),
});
type Params = z.infer<typeof schema>;

/** The last lines of a pod's containers, those before a restart too. */
export const k8sLogs: Action<Params> = {
	kind,
	version: 1,
	title: 'Read the logs of a pod',
	tier: 0,
	letter: 'g',
	example: 'namespace: payments\npod: pay-7d9f4c6b8-x2x1q\ntail: 100\n',
	parse: (raw) => paramsOf(kind, schema, raw),
	target: (text) => podTargetOf(kind, text),
	fits: podFitting,
	async plan(params, tools, stop) {
		const kube = await tools.kube(params.context);
		const { namespace, pod: name, tail, only } = params;
		const pod = await findPod(kube, params, stop);
		if (only !== undefined && !pod.spec.containers.some((container) => container.name === only)) {
			throw new Refusal(`${nameOf(pod)} has no container named ${only}`);
		}
		const wish = { verb: 'get', resource: 'pods', subresource: 'log', namespace } as const;
		await needRights(kube, [wish], stop);
		const which = only === undefined ? ['--all-containers'] : ['-c', only];
		return {
			params: { ...params },
			targets: [podTarget(pod)],
			steps: [
				{
					says: `read the last ${tail} lines of ${only ?? 'each container'}`,
					command: kubectl(kube, '-n', namespace, 'logs', name, ...which, `--tail=${tail}`),
				},
			],
			blast: ['nothing is changed'],
			undo: { none: 'nothing is changed' },
		};
	},
	async precheck(plan, tools, stop) {
		const params = schema.parse(plan.params);
		return podChanged(await tools.kube(params.context), params, plan, stop);
	},
	async *run(plan, tools, stop) {
		const { tail, only, container: _, ...place } = schema.parse(plan.params);
		const kube = await tools.kube(place.context);
		yield { kind: 'step', step: 0, state: 'started' };
		const pod = await findPod(kube, place, stop);
		const options = { tail, ...(only === undefined ? {} : { only }) };
		for await (const text of logsOf(kube, pod, stop, options)) {
			yield { kind: 'output', step: 0, stream: 'out', text };
		}
		yield { kind: 'step', step: 0, state: 'done' };
	},
};
