import * as z from 'zod';
import { Failure } from '../core/errors.ts';
import type { KubeObject } from '../core/kube-tool.ts';
import { selector } from './k8s-labels.ts';

const text = z.string();
const count = z.number().default(0);

const containerStatus = z.object({
	name: text,
	image: text.default(''),
	containerID: text.default(''),
	ready: z.boolean().default(false),
	restartCount: count,
	state: z.record(text, z.unknown()).default({}),
});
const statuses = z.array(containerStatus).nullish();
const container = z.object({ name: text, image: text.default('') });
const condition = z.object({
	type: text,
	status: text,
	reason: text.default(''),
	message: text.default(''),
});
const conditions = z.array(condition).default([]);

const podShape = {
	spec: z.object({
		nodeName: text.default(''),
		hostNetwork: z.boolean().default(false),
		priorityClassName: text.default(''),
		terminationGracePeriodSeconds: z.number().default(30),
		containers: z.array(container),
		volumes: z.array(z.object({ name: text, emptyDir: z.unknown() })).default([]),
	}),
	status: z.object({
		phase: text.default('Unknown'),
		podIP: text.default(''),
		conditions,
		containerStatuses: statuses,
		initContainerStatuses: statuses,
		ephemeralContainerStatuses: statuses,
	}),
};

const taint = z.looseObject({ key: text, value: text.default(''), effect: text });
export type Taint = { readonly key: string; readonly value: string; readonly effect: string };

const nodeShape = {
	spec: z.object({ unschedulable: z.boolean().default(false), taints: z.array(taint).default([]) }),
	status: z.object({
		conditions,
		nodeInfo: z
			.object({ bootID: text.default(''), kubeletVersion: text.default('') })
			.default({ bootID: '', kubeletVersion: '' }),
	}),
};

const rules = z.array(z.unknown()).nullish();
const policyShape = {
	spec: z.object({
		podSelector: selector,
		policyTypes: z.array(text).default([]),
		ingress: rules,
		egress: rules,
	}),
};

const serviceShape = {
	spec: z.object({ selector: z.record(text, text).default({}) }),
};

const budgetShape = {
	spec: z.object({ selector: selector.nullish() }),
	status: z
		.object({ disruptionsAllowed: count, currentHealthy: count, desiredHealthy: count })
		.default({ disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0 }),
};

const ownerShape = { spec: z.object({ selector }) };

const autoscalerShape = {
	spec: z.object({
		scaleTargetRef: z.object({ kind: text, name: text }),
		minReplicas: z.number().default(1),
		maxReplicas: z.number(),
	}),
};

const workloadShape = {
	spec: z.object({ replicas: count, selector }),
	status: z.object({ readyReplicas: count }).default({ readyReplicas: 0 }),
};

/** Checks what we read of `spec` and `status`; the metadata were checked when the object came. */
function reader<S extends z.ZodRawShape>(kind: string, shape: S) {
	const schema = z.object({ metadata: z.custom<KubeObject['metadata']>(), ...shape });
	return (object: KubeObject) => {
		const result = schema.safeParse(object);
		if (result.success) return result.data;
		const says = result.error.issues.map(({ path, message }) => [...path, message].join(': '));
		const what = `kubernetes: ${kind} ${object.metadata.name}: ${says.join('; ')}`;
		throw new Failure('undecodable', what);
	};
}

export const podOf = reader('pod', podShape);
export const nodeOf = reader('node', nodeShape);
export const policyOf = reader('network policy', policyShape);
export const serviceOf = reader('service', serviceShape);
export const budgetOf = reader('disruption budget', budgetShape);
export const ownerOf = reader('owner', ownerShape);
export const autoscalerOf = reader('autoscaler', autoscalerShape);
export const workloadOf = reader('workload', workloadShape);

export type Pod = ReturnType<typeof podOf>;
export type Node = ReturnType<typeof nodeOf>;
export type Policy = ReturnType<typeof policyOf>;
export type Workload = ReturnType<typeof workloadOf>;

/** The running containers' full ids, without the runtime in front. */
export function containerIds({ status }: Pod): readonly string[] {
	return [
		...(status.containerStatuses ?? []),
		...(status.initContainerStatuses ?? []),
		...(status.ephemeralContainerStatuses ?? []),
	]
		.map(({ containerID }) => containerID.split('://').at(-1) ?? '')
		.filter(Boolean);
}

export function controllerOf({ metadata }: Pick<KubeObject, 'metadata'>) {
	return metadata.ownerReferences?.find(({ controller }) => controller);
}

/** `payments/pay-7d9f`, or `web12`. */
export function nameOf({ metadata }: Pick<KubeObject, 'metadata'>): string {
	return metadata.namespace === undefined
		? metadata.name
		: `${metadata.namespace}/${metadata.name}`;
}

export function isReady({ status, metadata }: Pod): boolean {
	const isGoing = metadata.deletionTimestamp !== undefined;
	return (
		!isGoing && status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
	);
}
