import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { XPublisher } from 'zeromq';
import { headerLine, recordLine } from '../../connectors/replay/recording.ts';
import { aNatsServer } from '../support/a-nats-server.ts';
import { aSaltBus } from '../support/a-salt-bus.ts';
import type { RecordingSink } from '../support/a-sink.ts';
import { type Certificates, makeCertificates } from '../support/certificates.ts';
import { random } from '../support/random.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A place where a connector can be opened, and somebody there who sends it bytes. */
export type Stage = {
	/** What stands behind `-s KIND:`. */
	readonly rest: string;
	readonly query?: ReadonlyMap<string, string>;
	/** Sends bytes the way this transport does; resolves when the connector has dealt with them. */
	give(bytes: Uint8Array, sink: RecordingSink): Promise<void>;
};

/** One stage for each kind of connector; the contract is played on all of them. */
export const stages: Readonly<Record<string, (t: TestContext) => Promise<Stage>>> = {
	falco: aFile,
	lines: async (t) => ({ ...(await aFile(t)), query: new Map([['follow', 'true']]) }),
	nats: aSubject,
	replay: aRecording,
	salt: async (t) => {
		const folder = tempFolder(t);
		const bus = await aSaltBus(t, { folder });
		return {
			rest: folder,
			async give(bytes, sink) {
				const { length } = sink.broke;
				await bus.until('a subscriber', () => bus.subscribers() === 1);
				bus.send(bytes);
				bus.cutOff();
				await sink.until('a row', () => sink.broke.length > length);
			},
		};
	},
	tls: async (t) => {
		const certificates = makeCertificates(tempFolder(t));
		const stage = await aSubject(t, certificates);
		return { ...stage, query: new Map([['ca', certificates.ca]]) };
	},
	zeromq: async (t) => {
		const endpoint = `ipc://${tempFolder(t)}/bus`;
		const bus = new XPublisher();
		t.after(() => bus.close());
		await bus.bind(endpoint);
		let isSubscribed = false;
		return {
			rest: endpoint,
			async give(bytes, sink) {
				const { length } = sink.events;
				if (!isSubscribed) await bus.receive();
				isSubscribed = true;
				await bus.send(Buffer.from(bytes));
				await sink.until('a row', () => sink.events.length > length);
			},
		};
	},
};

async function aSubject(t: TestContext, tls?: Certificates): Promise<Stage> {
	const server = await aNatsServer(t, tls);
	return {
		rest: `//127.0.0.1:${server.port}/a`,
		async give(bytes, sink) {
			const { length } = sink.events;
			await server.until('a subscriber', () => server.subjects.length > 0);
			server.publish('a', bytes);
			await sink.until('a row', () => sink.events.length > length);
		},
	};
}

async function aFile(t: TestContext): Promise<Stage> {
	const path = join(tempFolder(t), 'events');
	writeFileSync(path, '');
	return {
		rest: path,
		async give(bytes, sink) {
			const rows = () => sink.events.length + sink.broke.length;
			const before = rows();
			appendFileSync(path, Buffer.concat([bytes, Buffer.from('\n')]));
			await sink.until('a row', () => rows() > before);
		},
	};
}

/** A recording lies there whole: it is garbage from the start, and then a pause that outlasts the test. */
async function aRecording(t: TestContext): Promise<Stage> {
	const path = join(tempFolder(t), 'events');
	const garbage = [1, 40, 3000].map((length) => random(7).bytes(length).toString('hex'));
	const hour = 3_600_000_000_000n;
	const [first, last] = [0n, hour].map((at) => {
		return recordLine({ at, source: 'a', format: 'text', kind: 'gap', gap: aGap });
	});
	writeFileSync(path, `${headerLine(0n)}${first}${garbage.join('\n')}\n${last}`);
	let given = 0;
	return {
		rest: path,
		async give(_bytes, sink) {
			given += 1;
			await sink.until('a row', () => sink.broke.length >= given);
		},
	};
}

const aGap = { from: 0, to: 0, cause: 'a test' };
