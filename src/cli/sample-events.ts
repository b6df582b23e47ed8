import { parseJson, printJson } from '../codec/json.ts';
import { systemClock } from '../core/clock.ts';
import type { Connector, Sink } from '../core/connector.ts';
import type { Decoded } from '../core/criterion.ts';
import { Failure } from '../core/errors.ts';
import { Engine } from '../engine/engine.ts';
import * as formats from '../formats/registry.ts';
import type { SampleEvents } from '../rules/samples.ts';

/** An event as a file holds it. */
type Written = {
	readonly source: string;
	readonly format: string;
	readonly tag: string;
	readonly body: Uint8Array;
};

const limits = { events: 10_000, bytes: 64 << 20 };

/**
 * The events of a file: one JSON document, or JSON lines. Each is a body as its sender wrote it, or an event as
 * `eventctl events` prints it, `{tag, data}` and whatever else. Throws a Failure where it holds none.
 */
export function eventsIn(text: string, name: string): SampleEvents {
	const written = documentsIn(text).map(writtenOf);
	const events = decoded(written);
	if (events.length > 0) return events;
	throw new Failure('usage', `${name}: holds no event: it is JSON, one event or one a line`);
}

function documentsIn(text: string): readonly unknown[] {
	try {
		return [parseJson(Buffer.from(text))];
	} catch (cause) {
		const lines = text.split('\n').filter((line) => line.trim() !== '');
		if (lines.length < 2) throw cause;
		return lines.map((line) => parseJson(Buffer.from(line)));
	}
}

function writtenOf(value: unknown): Written {
	const tag = textAt(value, 'tag');
	if (tag === undefined || !Object.hasOwn(Object(value), 'data')) {
		return { source: 'sample', format: '', tag: '', body: Buffer.from(printJson(value)) };
	}
	const data: unknown = Reflect.get(Object(value), 'data');
	const said = textAt(value, 'format') ?? (tag.startsWith('salt/') ? 'salt' : 'json');
	const format = Object.values(formats).find(({ id }) => id === said);
	const body = format?.encode?.(data) ?? Buffer.from(printJson(data));
	// A tag that its format makes of the body is none of the transport's.
	const isMade = tag.startsWith(`${said}/`) && said !== 'salt';
	return { source: textAt(value, 'source') ?? said, format: said, tag: isMade ? '' : tag, body };
}

function textAt(value: unknown, key: string): string | undefined {
	const part: unknown =
		typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
	return typeof part === 'string' ? part : undefined;
}

/** As the engine reads them. */
function decoded(written: readonly Written[]): SampleEvents {
	const engine = new Engine({
		sources: [{ name: 'sample', connector: handing(written), settings: {}, target: 'samples' }],
		formats: Object.values(formats),
		limits,
		clock: systemClock,
	});
	engine.start();
	engine.log.index(() => false);
	const events: { event: Decoded; at: number }[] = [];
	for (let seq = engine.log.first; seq < engine.log.next; seq++) {
		const place = engine.log.place(seq);
		const event = place && engine.decoder.decode(place.slab, place.row);
		if (event) events.push({ event, at: Number(event.time / 1_000_000n) });
	}
	return events;
}

function handing(written: readonly Written[]): Connector {
	return {
		kind: 'sample',
		title: 'events of a file',
		formats: Object.keys(formats),
		fromText: () => ({}),
		parse: (raw) => raw,
		async open(_settings, sink) {
			for (const { source, format, tag, body } of written) {
				const rows: Sink = format === '' ? sink : (sink.from?.(source, format) ?? sink);
				rows.event(Buffer.from(tag), body);
			}
		},
	};
}
