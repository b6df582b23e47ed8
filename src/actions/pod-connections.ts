import { Failure } from '../core/errors.ts';
import type { HostTool } from '../core/host-tool.ts';
import type { Tools } from '../core/tools.ts';
import { type Connection, connectionText, parseTcpTable } from './connections.ts';
import { containerIds, type Pod } from './k8s-objects.ts';

const looking = { timeoutMs: 5000, maxBytes: 64 * 1024 };
const mostNamed = 5;

/**
 * The established connections of a pod, in a sentence: a policy ends none of them. They are read off its node; undefined
 * where that cannot be looked into from here.
 */
export async function openConnections(
	tools: Tools,
	pod: Pod,
	stop: AbortSignal,
): Promise<string | undefined> {
	try {
		const host = await tools.host(pod.spec.nodeName);
		const pid = await pidOf(host, pod, stop);
		const open = pid === undefined ? undefined : await connectionsAt(host, pid);
		return open && inWords(open.filter(leavesThePod));
	} catch (thrown) {
		// Another machine, or one without the means to look: the pod is isolated all the same.
		if (thrown instanceof Failure) return undefined;
		throw thrown;
	}
}

async function connectionsAt(host: HostTool, pid: string) {
	const [four, six] = await Promise.all(
		['tcp', 'tcp6'].map((table) => host.read(`/proc/${pid}/net/${table}`)),
	);
	return four === undefined ? undefined : [...parseTcpTable(four), ...parseTcpTable(six ?? '')];
}

/** A process of the pod: all of them share its network. */
async function pidOf(host: HostTool, pod: Pod, stop: AbortSignal): Promise<string | undefined> {
	for (const id of containerIds(pod).filter((one) => /^[0-9a-f]{12,64}$/u.test(one))) {
		const words = ['-maxdepth', '2', '-name', 'cgroup', '-exec', 'grep', '-lsF', id, '{}', '+'];
		const { stdout } = await host.command(['find', '/proc', ...words], looking, stop);
		const pid = /^\/proc\/([0-9]+)\/cgroup$/mu.exec(stdout)?.[1];
		if (pid !== undefined) return pid;
	}
	return undefined;
}

function leavesThePod({ peer }: Connection): boolean {
	return peer.address !== '::1' && !peer.address.startsWith('127.');
}

function inWords(open: readonly Connection[]): string {
	if (open.length === 0) return 'no connection of it is open';
	const named = open.slice(0, mostNamed).map(connectionText).join(', ');
	const more = open.length > mostNamed ? ` and ${open.length - mostNamed} more` : '';
	return `${open.length} open ${open.length === 1 ? 'connection goes' : 'connections go'} on: ${named}${more}`;
}
