import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { Failure, reasonOf, systemCode } from '../core/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';
/** What a context is called that no kubeconfig names. */
export const inCluster = 'in-cluster';

const noPackage =
	'kubernetes: the optional package @kubernetes/client-node is not installed: npm install @kubernetes/client-node';
const noCluster =
	'kubernetes: no cluster is known: set KUBECONFIG, write ~/.kube/config, or run inside the cluster';

/** The library's configuration with one context chosen: of KUBECONFIG, of the home folder, or of the cluster we run in. */
export async function loadKubeConfig(
	environment: Environment,
	context: string | undefined,
): Promise<KubeConfig> {
	const { KubeConfig } = await library();
	const config = new KubeConfig();
	const files = kubeconfigs(environment);
	if (files.length > 0) readFiles(config, files, () => new KubeConfig());
	else if (existsSync(`${serviceAccount}/token`)) config.loadFromCluster();
	else throw new Failure('config', noCluster);
	if (context !== undefined && context !== inCluster) config.setCurrentContext(context);
	if (config.getCurrentCluster()) return config;
	const names = config.getContexts().map(({ name }) => name);
	const wanted = config.getCurrentContext();
	const missing = wanted ? `there is no context ${wanted}` : 'no context is current: name one';
	throw new Failure('config', `kubernetes: ${missing}; known are: ${names.join(', ') || 'none'}`);
}

async function library(): Promise<typeof import('./kube-library.ts')> {
	try {
		return await import('./kube-library.ts');
	} catch (thrown) {
		if (systemCode(thrown) !== 'ERR_MODULE_NOT_FOUND') throw thrown;
		throw new Failure('config', noPackage, { cause: thrown });
	}
}

/** As kubectl takes them: those of KUBECONFIG's list that exist, else the one at home. */
function kubeconfigs({ KUBECONFIG, HOME }: Environment): readonly string[] {
	const named = KUBECONFIG?.split(delimiter).filter(Boolean) ?? [];
	if (named.length === 0) return HOME ? [join(HOME, '.kube', 'config')].filter(existsSync) : [];
	const files = named.filter(existsSync);
	if (files.length > 0) return files;
	throw new Failure('config', `kubernetes: KUBECONFIG names no file that exists: ${KUBECONFIG}`);
}

function readFiles(config: KubeConfig, files: readonly string[], empty: () => KubeConfig): void {
	for (const [at, file] of files.entries()) {
		try {
			if (at === 0) {
				config.loadFromFile(file);
				continue;
			}
			const next = empty();
			next.loadFromFile(file);
			config.mergeConfig(next, Boolean(config.currentContext));
		} catch (thrown) {
			const says = `kubernetes: cannot read ${file}: ${reasonOf(thrown)}`;
			throw new Failure('config', says, { cause: thrown });
		}
	}
}
