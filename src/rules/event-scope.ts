import type { Decoded } from '../core/criterion.ts';
import { isoTime } from '../core/instant.ts';
import { severityName } from '../core/severity.ts';
import { lookupOf } from '../filter/lookup.ts';
import { type Lookup, type Path, valueAt } from '../template/path.ts';

type Read = (event: Decoded) => unknown;

const facts = [
	'who',
	'summary',
	'ids',
	'host',
	'ns',
	'pod',
	'user',
	'fun',
	'jid',
	'rc',
	'rule',
] as const;

/** The names that every event has for templates; any other is a flat field of its format or a path in its data. */
const builtIn: ReadonlyMap<string, Read> = new Map<string, Read>([
	['tag', ({ tag }) => tag],
	['subject', ({ tag, isTransportTag }) => (isTransportTag ? tag : undefined)],
	['source', ({ source }) => source],
	['src', ({ source }) => source],
	['format', ({ format }) => format],
	['kind', ({ kind }) => kind],
	['severity', ({ severity }) => severityName(severity)],
	['sev', ({ severity }) => severityName(severity)],
	['time', ({ time }) => isoTime(time)],
	['data', ({ data }) => data],
	['fields', ({ fields }) => fields],
	['facts', (event) => event.facts],
	...facts.map((name) => [name, (event: Decoded) => event.facts[name]] as const),
]);

/** What a template may read of an event. */
export function eventLookup(event: Decoded): Lookup {
	return (path) => {
		const [root, ...rest] = path;
		const read = builtIn.get(String(root));
		if (read !== undefined) return valueAt(read(event), rest);
		return flatField(event, path) ?? valueAt(event.data, path);
	};
}

/** A flat field by its whole name, `k8s.pod.name`, or one that holds more below its first name. */
function flatField({ fields }: Decoded, path: Path): unknown {
	if (fields === undefined) return undefined;
	const whole = path.join('.');
	return Object.hasOwn(fields, whole) ? fields[whole] : valueAt(fields, path);
}

/** One field of an event, by the names filters use; undefined where it has none, or nothing in it. */
export function fieldOf(event: Decoded, name: string): unknown {
	const read = builtIn.get(name);
	const value = read === undefined ? lookupOf(name)(event)[0] : read(event);
	return value === null || value === '' ? undefined : value;
}
