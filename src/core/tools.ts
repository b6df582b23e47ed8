import type { Clock } from './clock.ts';
import type { FireOptions, Outgoing, Receipt } from './connector.ts';
import type { HostTool } from './host-tool.ts';
import type { KubeTool } from './kube-tool.ts';
import type { HttpTool, MailTool, SlackTool, SmsTool } from './message-tools.ts';
import type { SaltTool } from './salt-tool.ts';
import type { Secret } from './secret.ts';
import type { Tier } from './tier.ts';

/** What an event would wake, and the tier that makes firing it: at least 1, and 2 where nobody can tell. */
export type Waking = {
	readonly wakes: readonly { readonly says: string; readonly tier: Tier }[];
	readonly tier: Tier;
	/** What could not be looked at: `the master's reactors cannot be read from here`. */
	readonly unknown?: string;
};

/** What actions work with, the real thing or the lab's; each opened when first asked for. */
export type Tools = {
	/** The run the plan is for, `R-0097`. */
	readonly run: string;
	/** Who asks, as audited. */
	readonly operator: string;
	readonly clock: Clock;
	/** A cluster by its kubeconfig context; the current one, or the cluster we run in, where none is named. */
	kube(context?: string): Promise<KubeTool>;
	salt(): Promise<SaltTool>;
	/** A host by name; a Failure where it can not be reached: for now only this machine can. */
	host(name: string): Promise<HostTool>;
	http(): Promise<HttpTool>;
	mail(): Promise<MailTool>;
	slack(): Promise<SlackTool>;
	sms(): Promise<SmsTool>;
	/** Fires onto a source of this engine. */
	fire(source: string, event: Outgoing, options: FireOptions, stop: AbortSignal): Promise<Receipt>;
	/** What firing that would wake: rules of ours, reactors of a Salt master. Absent where nobody can tell. */
	wakes?(source: string, event: Outgoing): Promise<Waking>;
	secret(reference: string): Promise<Secret>;
	/** Settings of an action kind's family from the configuration (`host.keep`), as `actions:` and `notify:` give them. */
	readonly settings: Readonly<Record<string, unknown>>;
};
