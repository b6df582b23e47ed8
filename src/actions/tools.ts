import type { Clock } from '../core/clock.ts';
import type { FireOptions, Outgoing, Receipt } from '../core/connector.ts';
import type { HostTool } from '../core/host-tool.ts';
import type { KubeTool } from '../core/kube-tool.ts';
import { resolveSecret } from '../core/secret.ts';
import type { Tools } from '../core/tools.ts';
import { httpClient } from './http-client.ts';
import { openKube } from './kube-client.ts';
import { mailClient } from './mail-client.ts';
import { openSalt } from './salt-open.ts';
import { slackClient } from './slack-client.ts';
import { smsClient } from './sms-client.ts';
import { openHost } from './this-host.ts';

/** An event as actions look at it: its tag and its decoded, redacted data. */
type Arrived = { readonly source: string; readonly tag: string; readonly data: unknown };

/** What clients are made from. */
export type ToolSetup = {
	readonly clock: Clock;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The configuration's settings for families of actions: `host`, `hosts`, `salt`. */
	readonly settings: Readonly<Record<string, unknown>>;
	/** A host that is reached in a way of its own: one of the lab. */
	hostOf?(name: string): HostTool | undefined;
	/** Fires onto a source of this engine; throws a Failure where there is none of that name. */
	fire(source: string, event: Outgoing, options: FireOptions, stop: AbortSignal): Promise<Receipt>;
	readonly wakes?: NonNullable<Tools['wakes']>;
	/** Events that match the filter and come after the call, until `stop` aborts. */
	arrivals(filter: string, stop: AbortSignal): AsyncIterable<Arrived>;
};

type Clients = Pick<Tools, 'kube' | 'salt' | 'host' | 'http' | 'mail' | 'slack' | 'sms'>;

/** Gives each run its tools; the clients behind them are shared, and each is loaded when first asked for. */
export function toolBox(setup: ToolSetup): (run: string, operator: string) => Tools {
	const clients = clientsFor(setup);
	return (run, operator) => ({
		...clients,
		run,
		operator,
		clock: setup.clock,
		settings: setup.settings,
		fire: (source, event, options, stop) => setup.fire(source, event, options, stop),
		...(setup.wakes && { wakes: setup.wakes }),
		secret: secretsIn(setup),
	});
}

function clientsFor(setup: ToolSetup): Clients {
	const http = httpClient(setup);
	return {
		kube: kubes(setup.env),
		salt: once(() => openSalt({ ...setup, http, secret: secretsIn(setup) })),
		host: async (name) => setup.hostOf?.(name) ?? openHost(name, setup.env),
		http: async () => http,
		mail: async () => mailClient(setup.clock),
		slack: async () => slackClient(http),
		sms: async () => smsClient(http),
	};
}

/** One client for each context. */
function kubes(env: ToolSetup['env']): Tools['kube'] {
	const opened = new Map<string | undefined, Promise<KubeTool>>();
	return async (context) => {
		const kube = opened.get(context) ?? openKube(env, context);
		opened.set(context, kube);
		kube.catch(() => opened.delete(context));
		return kube;
	};
}

/** Opened when first asked for, and again where that failed. */
function once<Client>(open: () => Promise<Client>): () => Promise<Client> {
	let opened: Promise<Client> | undefined;
	return () => {
		opened ??= open().catch((thrown) => {
			opened = undefined;
			throw thrown;
		});
		return opened;
	};
}

function secretsIn({ env }: ToolSetup): Tools['secret'] {
	return (reference) => resolveSecret(reference, env);
}
