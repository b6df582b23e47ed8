import type { Block } from '../../core/block.ts';
import type { Facts } from '../../core/facts.ts';
import { severityOf } from '../../core/severity.ts';
import { factsOf } from '../facts.ts';
import { brief, get, number, scalars, text } from '../values.ts';
import { type FalcoEvent, falcoEvent } from './event.ts';

/** Values that stand for an absent one. */
const absent: ReadonlySet<string> = new Set(['<NA>', 'host']);

export function falcoFacts(data: unknown): Facts {
	const event = falcoEvent(data);
	const ns = field(event, 'k8s.ns.name', 'ka.target.namespace');
	const pod = field(event, 'k8s.pod.name', 'ka.target.pod.name');
	return factsOf({
		who: [event.host, ns].filter((part) => part !== undefined).join('/'),
		summary: summaryOf(event),
		host: event.host,
		ns,
		pod,
		user: field(event, 'user.name', 'ka.user.name'),
		rule: event.rule === '' ? undefined : event.rule,
		ids: [event.uuid, pod, field(event, 'container.id')],
	});
}

function summaryOf(event: FalcoEvent): string {
	const summary = internalSummary(event) ?? deed(event) ?? event.message;
	return brief(event.isTruncated ? `${summary} (truncated)` : summary);
}

/** What was done, in the sensor's own fields: the rule's name stands in the tag already. */
function deed(event: FalcoEvent): string | undefined {
	if (field(event, 'evt.type') === 'connect') {
		const connection = field(event, 'fd.name');
		if (connection !== undefined) return connection;
	}
	const verb = field(event, 'ka.verb');
	const object = [field(event, 'ka.target.resource'), field(event, 'ka.target.name')];
	if (verb !== undefined) return [verb, ...object].filter((part) => part !== undefined).join(' ');
	return field(event, 'proc.cmdline');
}

/** The first of these fields that holds something; anything but text is nobody's name. */
function field({ fields }: FalcoEvent, ...keys: readonly string[]): string | undefined {
	return keys
		.map((key) => text(get(fields, key)))
		.find((value) => value !== undefined && !absent.has(value));
}

function internalSummary({ internal, fields }: FalcoEvent): string | undefined {
	switch (internal) {
		case 'syscall event drop':
			return `blind: ${brief(get(fields, 'n_drops') ?? '?')} of ${brief(get(fields, 'n_evts') ?? '?')} calls lost`;
		case 'timeouts notification':
			return `silent: last event ${brief(get(fields, 'last_event_time') ?? 'unknown')}`;
		case 'hot restart failure':
			return 'new configuration refused, the old one runs';
		case 'capture size limit reached':
			return `capture stopped at ${brief(get(fields, 'max_file_size_mb') ?? '?')} MB`;
		case 'metrics snapshot':
			return scalars(fields, () => false);
		default:
			return undefined;
	}
}

/** What Falco's drop event says: how many calls of the kernel it never saw. */
export function falcoGap(data: unknown): { readonly cause: string; readonly lost?: number } {
	const event = falcoEvent(data);
	const lost = number(get(event.fields, 'n_drops'));
	return {
		cause: `falco ${event.host === undefined ? '' : `on ${event.host} `}was ${summaryOf(event)}`,
		...(lost !== undefined && { lost }),
	};
}

export function falcoBlocks(data: unknown): readonly Block[] {
	const event = falcoEvent(data);
	const rows = rowsOf(event).filter(([, value]) => value !== undefined && value !== '');
	return [
		{ type: 'heading', text: event.rule, right: event.priority, tone: toneOf(event.priority) },
		{ type: 'text', text: internalSummary(event) ?? event.message },
		...(event.isTruncated ? [truncated] : []),
		{ type: 'table', rows },
		{ type: 'tree', label: 'output_fields', value: event.fields ?? null },
		{ type: 'tree', label: 'data', value: data },
	];
}

const truncated: Block = {
	type: 'text',
	text: 'truncated: falcosidekick cut long values to 512 bytes',
	tone: 'warn',
};

function rowsOf(event: FalcoEvent): (readonly [string, string | undefined])[] {
	const of = (...keys: readonly string[]) => field(event, ...keys);
	const pod = joined(
		'/',
		of('k8s.ns.name', 'ka.target.namespace'),
		of('k8s.pod.name', 'ka.target.pod.name'),
	);
	return [
		['pod', joined(' · ', pod, of('container.name'), event.host && `node ${event.host}`)],
		[
			'proc',
			joined(' ← ', of('proc.name'), of('proc.pname'), of('proc.aname[2]'), of('proc.aname[3]')),
		],
		['cmdline', of('proc.cmdline')],
		['user', of('user.name', 'ka.user.name')],
		['file', of('fd.name')],
		['image', joined(':', of('container.image.repository'), of('container.image.tag'))],
		['container', of('container.id')],
		['tags', event.tags.join(' ')],
		['uuid', event.uuid],
	];
}

function joined(between: string, ...parts: readonly (string | undefined)[]): string | undefined {
	return parts.filter((part) => part !== undefined && part !== '').join(between) || undefined;
}

function toneOf(priority: string): 'bad' | 'warn' | 'plain' {
	const rank = severityOf(priority) ?? 3;
	if (rank <= 3) return 'bad';
	return rank === 4 ? 'warn' : 'plain';
}
