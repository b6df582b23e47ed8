/** The part of the library that this room uses: its own types are 850 files of generated API, none of them needed. */
declare module '@kubernetes/client-node' {
	import type { RequestOptions } from 'node:https';

	export class KubeConfig {
		currentContext: string;
		loadFromFile(file: string): void;
		loadFromCluster(): void;
		mergeConfig(config: KubeConfig, preserveContext?: boolean): void;
		setCurrentContext(context: string): void;
		getCurrentContext(): string;
		getContexts(): readonly { readonly name: string }[];
		getCurrentCluster(): { readonly server: string } | null;
		/** Adds what the cluster wants to know who asks: a token, a certificate, the authority it answers with. */
		applyToHTTPSOptions(options: RequestOptions): Promise<void>;
	}
}
