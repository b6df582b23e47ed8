import type { Clock } from './clock.ts';
import type { Outgoing, Receipt } from './connector.ts';
import type { HostTool } from './host-tool.ts';
import type { KubeTool } from './kube-tool.ts';
import type { HttpTool, MailTool, SlackTool, SmsTool } from './message-tools.ts';
import type { SaltTool } from './salt-tool.ts';
import type { Secret } from './secret.ts';

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
	fire(source: string, event: Outgoing, stop: AbortSignal): Promise<Receipt>;
	secret(reference: string): Promise<Secret>;
	/** Settings of an action kind's family from the configuration (`host.keep`), as `actions:` and `notify:` give them. */
	readonly settings: Readonly<Record<string, unknown>>;
};
