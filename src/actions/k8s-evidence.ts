import { reasonOf } from '../core/errors.ts';
import { KubeError, type KubeTool } from '../core/kube-tool.ts';
import { controllerOf, type Node, nameOf, type Pod } from './k8s-objects.ts';
import { pathOf } from './k8s-paths.ts';
import { podPath } from './k8s-pod.ts';
import { taintText } from './k8s-taint.ts';

const logBytes = 64 * 1024;

export type LogOptions = { readonly tail?: number; readonly only?: string };

/** The last lines of each container, those before its restart too; what cannot be had is said in its place. */
export async function* logsOf(
	kube: KubeTool,
	pod: Pod,
	stop: AbortSignal,
	{ tail = 200, only }: LogOptions = {},
): AsyncGenerator<string> {
	const { namespace = '', name } = pod.metadata;
	const path = `${podPath({ namespace, pod: name })}/log`;
	const wanted = pod.spec.containers.filter(
		(container) => (only ?? container.name) === container.name,
	);
	for (const { name: container } of wanted) {
		const status = pod.status.containerStatuses?.find((one) => one.name === container);
		for (const previous of (status?.restartCount ?? 0) > 0 ? [true, false] : [false]) {
			const query = {
				container,
				tailLines: `${tail}`,
				previous: `${previous}`,
				timestamps: 'true',
			};
			const head = `--- ${container}${previous ? ', before its last restart' : ''}\n`;
			yield head + (await logText(() => kube.text(path, query, logBytes, stop)));
		}
	}
}

async function logText(read: () => Promise<string>): Promise<string> {
	try {
		const text = await read();
		return text === '' || text.endsWith('\n') ? text : `${text}\n`;
	} catch (thrown) {
		if (!(thrown instanceof KubeError)) throw thrown;
		return `(no log: ${reasonOf(thrown)})\n`;
	}
}

/** What is known of a pod, as lines. */
export function describePod(pod: Pod): string {
	const { metadata, spec, status } = pod;
	const owner = controllerOf(pod);
	const lines = [
		['pod', nameOf(pod)],
		['uid', metadata.uid],
		['node', spec.nodeName],
		[
			'phase',
			metadata.deletionTimestamp ? `ending since ${metadata.deletionTimestamp}` : status.phase,
		],
		['address', status.podIP],
		['owner', owner ? `${owner.kind}/${owner.name}` : 'none'],
		['labels', pairs(metadata.labels)],
		['host network', `${spec.hostNetwork}`],
		...(status.containerStatuses ?? []).flatMap((one) => [
			[
				`container ${one.name}`,
				`${one.image} ${one.ready ? 'ready' : 'not ready'}, ${one.restartCount} restarts`,
			],
			['  id', one.containerID],
			['  state', JSON.stringify(one.state)],
		]),
		...conditionLines(status.conditions),
	];
	return inColumns(lines);
}

/** What is known of a node, as lines. */
export function describeNode({ metadata, spec, status }: Node): string {
	return inColumns([
		['node', metadata.name],
		['uid', metadata.uid],
		['boot', status.nodeInfo.bootID],
		['kubelet', status.nodeInfo.kubeletVersion],
		['labels', pairs(metadata.labels)],
		['takes new pods', `${!spec.unschedulable}`],
		['taints', spec.taints.map(taintText).join(' ') || 'none'],
		...conditionLines(status.conditions),
	]);
}

/** What the cluster itself noted about an object, newest last. */
export async function notedEvents(
	kube: KubeTool,
	uid: string,
	namespace: string | undefined,
	stop: AbortSignal,
): Promise<string> {
	const place = namespace === undefined ? {} : { namespace };
	const query = { fieldSelector: `involvedObject.uid=${uid}` };
	const events = await kube.list(pathOf('events', place), query, stop);
	const lines = events.map((event) => [
		`${event['lastTimestamp'] ?? event['eventTime'] ?? ''}`,
		`${event['type'] ?? ''} ${event['reason'] ?? ''}: ${event['message'] ?? ''}`,
	]);
	return lines.length > 0 ? inColumns(lines) : 'no events\n';
}

type Conditions = Pod['status']['conditions'];

function conditionLines(conditions: Conditions): readonly string[][] {
	return conditions.map(({ type, status, reason, message }) => [
		`condition ${type}`,
		[status, reason, message].filter(Boolean).join(' '),
	]);
}

function pairs(labels: Readonly<Record<string, string>> = {}): string {
	return Object.entries(labels)
		.map(([key, value]) => `${key}=${value}`)
		.join(' ');
}

function inColumns(lines: readonly (readonly string[])[]): string {
	const width = Math.max(...lines.map(([name = '']) => name.length)) + 2;
	return lines.map(([name = '', value = '']) => `${name.padEnd(width)}${value}\n`).join('');
}
