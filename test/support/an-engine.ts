import type { Connector, Outgoing, Sink } from '../../src/core/connector.ts';
import type { Format } from '../../src/core/format.ts';
import type { FromEngine, ToEngine } from '../../src/core/session.ts';
import { Engine } from '../../src/engine/engine.ts';
import type { LogLimits } from '../../src/log/event-log.ts';
import { aBell } from './a-bell.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

/** Bodies of a letter and digits: `w12` is a warning of host web12, `c` is critical, `x` cannot be read. */
export const letters: Format = {
	id: 'letters',
	recognises: () => true,
	peek({ body, bodyStart, bodyEnd }, out) {
		out.severity = body[bodyStart] === 0x63 ? 2 : 4;
		if (bodyEnd - bodyStart < 2) return;
		out.nameStart = bodyStart + 1;
		out.nameEnd = bodyEnd;
	},
	decode(body) {
		if (body[0] === 0x78) throw new Error('an x is no letter');
		return Buffer.from(body).toString();
	},
	facts: (tag, data) => ({ who: tag, summary: String(data), ids: [] }),
	pretty: (_tag, data) => [{ type: 'text', text: String(data) }],
	redact: (_tag, data) => (data === 'wsecret' ? 'w***' : data),
	encode: (data) => Buffer.from(String(data)),
};

export type AnEngine = {
	readonly engine: Engine;
	readonly clock: FakeClock;
	readonly sink: Sink;
	readonly sent: FromEngine[];
	readonly fired: Outgoing[];
	receive(message: ToEngine): void;
	/** Waits for a message of this type that fulfils the predicate; earlier ones count. */
	heard<Type extends FromEngine['type']>(
		type: Type,
		is?: (message: Extract<FromEngine, { type: Type }>) => boolean,
	): Promise<Extract<FromEngine, { type: Type }>>;
};

/** An engine with one source, whose sink the test holds, and one session. */
export function anEngine(
	limits: LogLimits = { events: 100_000, bytes: 1 << 28 },
	clock = fakeClock(),
	formats: readonly Format[] = [letters],
): AnEngine {
	const bell = aBell();
	const fired: Outgoing[] = [];
	let held: Sink | undefined;
	const connector: Connector = {
		kind: 'test',
		title: 'held by the test',
		formats: formats.map(({ id }) => id),
		fromText: () => ({}),
		parse: (raw) => raw,
		open: (_settings, sink, stop) => {
			held = sink;
			return new Promise((resolve) => stop.addEventListener('abort', () => resolve()));
		},
		async fire(_settings, events) {
			fired.push(...events);
			return { confirmed: true, says: 'seen again' };
		},
	};
	const sources = [{ name: 'bus', connector, settings: {}, target: 'here' }];
	const engine = new Engine({ sources, formats, limits, clock });
	const sent: FromEngine[] = [];
	const session = engine.connect((message) => {
		sent.push(message);
		bell.ring();
	});
	engine.start();
	if (!held) throw new Error('the source was not opened');
	return {
		engine,
		clock,
		sink: held,
		sent,
		fired,
		receive: (message) => session.receive(message),
		async heard(type, is = () => true) {
			type Heard = Extract<FromEngine, { type: typeof type }>;
			const find = () =>
				sent.find((message): message is Heard => message.type === type && is(message as Heard));
			await bell.until(`a ${type}`, () => find() !== undefined);
			return find() as Heard;
		},
	};
}
