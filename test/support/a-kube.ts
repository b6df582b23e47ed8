import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openKube } from '../../src/actions/kube-client.ts';
import type { KubeObject, KubeTool } from '../../src/core/kube-tool.ts';
import type { Tools } from '../../src/core/tools.ts';
import { KubeApi, type KubeNature } from '../../src/lab/kube-api.ts';
import { type Draft, KubeStore, kubePlace } from '../../src/lab/kube-store.ts';
import { kubeconfigFor } from '../../src/lab/kubeconfig.ts';
import { elsewhere, someTools } from './some-tools.ts';
import { tempFolder } from './temp-folder.ts';

export type AKube = {
	readonly kube: KubeTool;
	readonly store: KubeStore;
	/** The cluster's server. */
	readonly url: string;
	/** The path of the kubeconfig that names it. */
	readonly config: string;
	/** Tools of the run `R-0001`, or the one named, on this cluster. */
	tools(run?: string): Tools;
	/** Puts objects into the cluster, each under the path of its collection. */
	has(objects: Readonly<Record<string, readonly Draft[]>>): void;
	at(path: string): KubeObject | undefined;
};

export const payments = '/api/v1/namespaces/payments';
export const paymentsPods = `${payments}/pods`;
export const paymentsPolicies = '/apis/networking.k8s.io/v1/namespaces/payments/networkpolicies';

/** The lab's API server with nothing in it but what the test puts there, and the real client on it. */
export async function aKube(
	t: { after(then: () => unknown): void },
	nature: KubeNature = {},
): Promise<AKube> {
	let uids = 0;
	const store = new KubeStore(() => `uid-${++uids}`);
	const api = new KubeApi(store, nature);
	const url = await api.open();
	t.after(() => api.close());
	const kubeconfig = join(tempFolder(t), 'kubeconfig');
	writeFileSync(kubeconfig, kubeconfigFor('lab', url));
	const kube = await openKube({ KUBECONFIG: kubeconfig });
	return {
		kube,
		store,
		url,
		config: kubeconfig,
		tools: (run = 'R-0001') =>
			someTools({ run, kube: () => Promise.resolve(kube), host: elsewhere }),
		has(objects) {
			for (const [path, drafts] of Object.entries(objects)) {
				for (const draft of drafts) store.create(placeOf(path), draft);
			}
		},
		at(path) {
			const { name, ...all } = placeOf(path);
			return store.list(all).find(({ metadata }) => metadata.name === name);
		},
	};
}

function placeOf(path: string) {
	const place = kubePlace(path);
	if (!place) throw new Error(`no path of the API: ${path}`);
	return place;
}
