import { parseJson } from '../../codec/json.ts';
import { Failure } from '../../core/errors.ts';
import { severityOf } from '../../core/severity.ts';
import { get, isMap, isRecord, list, pairs, text, word } from '../values.ts';

/** An event of Falco's, whatever it came in. Every part is what its sender said, hence hostile. */
export type FalcoEvent = {
	readonly rule: string;
	/** As it was sent. */
	readonly priority: string;
	/** What happened, without the time and the priority in front of it. */
	readonly message: string;
	readonly host: string | undefined;
	readonly tags: readonly string[];
	readonly fields: unknown;
	readonly uuid: string | undefined;
	/** What a sensor says about itself, with Falco's own prefix taken off its rule. */
	readonly internal: string | undefined;
	/** falcosidekick cut values that were too long. */
	readonly isTruncated: boolean;
};

const internalPrefix = 'Falco internal: ';
const cutMark = '[...]';

export function falcoEvent(data: unknown): FalcoEvent {
	const event = unwrap(data);
	const rule = word(member(event, 'rule')) ?? '';
	const output = text(member(event, 'output'));
	const fields = fieldsOf(event);
	return {
		rule,
		priority: word(member(event, 'priority')) ?? '',
		message: withoutPrefix(output) ?? text(member(event, 'message')) ?? rule,
		host: text(member(event, 'hostname')),
		tags: list(member(event, 'tags')).flatMap((tag) => text(tag) ?? []),
		fields,
		uuid: text(member(event, 'uuid')),
		internal: rule.startsWith(internalPrefix) ? rule.slice(internalPrefix.length) : undefined,
		isTruncated: [output, ...pairs(fields).map(([, value]) => value)].some(isCut),
	};
}

/** The flat fields of an event: Falco's `output_fields`. */
export function falcoFields(data: unknown): Readonly<Record<string, unknown>> | undefined {
	const fields = fieldsOf(unwrap(data));
	return isRecord(fields) ? fields : undefined;
}

function fieldsOf(event: unknown): unknown {
	return member(event, 'output_fields');
}

/** The event within what carries it: CloudEvents' `data` or `data_base64`, the web console's `event`. */
function unwrap(data: unknown): unknown {
	if (get(data, 'outputs') !== undefined && isMap(get(data, 'event'))) return get(data, 'event');
	if (get(data, 'specversion') === undefined) return data;
	if (isMap(get(data, 'data'))) return get(data, 'data');
	const encoded = get(data, 'data_base64');
	return typeof encoded === 'string' ? fromBase64(encoded, data) : data;
}

/** Where the inside cannot be read, the envelope's own attributes are what there is. */
function fromBase64(encoded: string, envelope: unknown): unknown {
	try {
		return parseJson(Buffer.from(encoded, 'base64'));
	} catch (thrown) {
		if (thrown instanceof Failure) return envelope;
		throw thrown;
	}
}

/** Senders write `rule` or `Rule`. */
function member(event: unknown, key: string): unknown {
	return get(event, key) ?? get(event, `${key.charAt(0).toUpperCase()}${key.slice(1)}`);
}

const timeOfDay = /^(?:\d{2}:\d{2}:\d{2}\.\d+|\d{4}-\d{2}-\d{2}T[\d:.+-]+Z?)$/;

function withoutPrefix(output: string | undefined): string | undefined {
	if (output === undefined) return undefined;
	const [time = '', priority = ''] = output.slice(0, 60).split(' ', 2);
	const isPrefix =
		time.endsWith(':') && timeOfDay.test(time.slice(0, -1)) && severityOf(priority) !== undefined;
	return (isPrefix ? output.slice(time.length + priority.length + 2) : output).trim() || undefined;
}

function isCut(value: unknown): boolean {
	return typeof value === 'string' && value.endsWith(cutMark);
}
