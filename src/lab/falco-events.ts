import { printJson } from '../codec/json.ts';
import { isoTime } from '../core/instant.ts';
import type { Chance } from './chance.ts';
import type { Pod } from './cluster.ts';

/** An event as a Falco rule makes it. */
export type FalcoEvent = {
	readonly hostname: string;
	readonly rule: string;
	readonly priority: 'Critical' | 'Error' | 'Warning' | 'Notice' | 'Informational' | 'Debug';
	readonly text: string;
	readonly tags: readonly string[];
	readonly fields: Readonly<Record<string, unknown>>;
	readonly source?: 'syscall' | 'internal';
};

export type Process = {
	readonly name: string;
	readonly line: string;
	readonly parent: string;
	readonly user: string;
	readonly uid: number;
};

/** The line Falco writes: keys sorted, times in nanoseconds that no double can hold. */
export function falcoLine(event: FalcoEvent, at: bigint): string {
	const { hostname, rule, priority, text, tags, fields, source = 'syscall' } = event;
	const time = isoTime(at);
	const line = {
		hostname,
		output: `${time.slice(11, -1)}: ${priority} ${text}`,
		output_fields: source === 'internal' ? fields : sorted({ ...fields, 'evt.time': at }),
		priority,
		rule,
		source,
		...(source === 'internal' ? {} : { tags }),
		time,
	};
	return printJson(line);
}

/** What a rule that looks at processes says of one, in a pod or on the bare host. */
export function processEvent(
	{ node, pod }: { readonly node: string; readonly pod?: Pod },
	process: Process,
	event: Pick<FalcoEvent, 'rule' | 'priority' | 'text' | 'tags'> & {
		readonly fields?: Readonly<Record<string, unknown>>;
	},
): FalcoEvent {
	const { name, line, parent, user, uid } = process;
	const fields = {
		...containerFields(pod),
		'evt.type': 'execve',
		'proc.cmdline': line,
		'proc.exepath': `/usr/bin/${name}`,
		'proc.name': name,
		'proc.pname': parent,
		'proc.tty': 34816,
		'user.loginuid': -1,
		'user.name': user,
		'user.uid': uid,
		...event.fields,
	};
	const where = `container_id=${pod?.container ?? 'host'} k8s_pod_name=${pod?.name ?? '<NA>'} k8s_ns_name=${pod?.ns ?? '<NA>'}`;
	const text = `${event.text} | user=${user} process=${name} parent=${parent} command=${line} ${where}`;
	return { ...event, hostname: node, text, fields };
}

/** Falco's own word that the kernel outran it: of `calls` system calls it never saw `drops`. */
export function dropEvent(node: string, calls: number, drops: number): FalcoEvent {
	const fields = {
		ebpf_enabled: '1',
		n_drops: `${drops}`,
		n_drops_buffer_total: `${drops}`,
		n_evts: `${calls}`,
	};
	return {
		hostname: node,
		rule: 'Falco internal: syscall event drop',
		priority: 'Debug',
		text: `Falco internal: syscall event drop. ${drops} system calls dropped in last second.`,
		tags: [],
		fields,
		source: 'internal',
	};
}

/** This moment with digits below the millisecond, as a kernel would give them. */
export function nanosNow(ms: number, chance: Chance): bigint {
	return BigInt(Math.floor(ms)) * 1_000_000n + BigInt(chance.whole(0, 999_999));
}

function containerFields(pod: Pod | undefined): Readonly<Record<string, unknown>> {
	return {
		'container.id': pod?.container ?? 'host',
		'container.image.repository': pod?.image ?? null,
		'container.image.tag': pod?.tag ?? null,
		'container.name': pod ? pod.image.split('/').at(-1) : 'host',
		'k8s.ns.name': pod?.ns ?? null,
		'k8s.pod.name': pod?.name ?? null,
	};
}

function sorted(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1)),
	);
}
