import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openKube } from '../../src/actions/kube-client.ts';
import type { KubeObject, KubeTool } from '../../src/core/kube-tool.ts';
import type { Tools } from '../../src/core/tools.ts';
import type { Draft } from '../../src/lab/kube-store.ts';
import { kubeconfigFor } from '../../src/lab/kubeconfig.ts';
import { freePort } from './free-port.ts';
import { needServer } from './servers.ts';
import { elsewhere, someTools } from './some-tools.ts';
import { tempFolder } from './temp-folder.ts';

const never = new AbortController().signal;
const patienceMs = 60_000;

export type KubeLab = {
	/** As cluster administrator. */
	readonly kube: KubeTool;
	/** As somebody whom no role gives anything. */
	readonly stranger: KubeTool;
	tools(run?: string): Tools;
	create(path: string, object: object): Promise<KubeObject>;
	/** Creates a pod on a node and says that it runs. */
	runs(path: string, pod: Draft): Promise<KubeObject>;
	at(path: string): Promise<KubeObject | undefined>;
};

/** A real kube-apiserver over a real etcd on loopback; undefined where they are not installed. No kubelet, no controllers. */
export async function kubeLab(t: TestContext): Promise<KubeLab | undefined> {
	const etcd = needServer(t, 'etcd');
	const apiserver = etcd && needServer(t, 'kube-apiserver');
	if (!etcd || !apiserver) return undefined;
	const folder = tempFolder(t);
	const [client, peer, secure] = [await freePort(), await freePort(), await freePort()];
	const store = `http://127.0.0.1:${client}`;
	const server = `https://127.0.0.1:${secure}`;
	start(t, etcd, etcdFlags(folder, store, `http://127.0.0.1:${peer}`), join(folder, 'etcd.log'));
	spawnSync('openssl', ['genrsa', '-out', join(folder, 'sa.key'), '2048']);
	writeFileSync(
		join(folder, 'tokens.csv'),
		'admin-token,admin,1,"system:masters"\nno-token,nobody,2\n',
	);
	const log = join(folder, 'apiserver.log');
	const running = start(t, apiserver, apiserverFlags(folder, store, secure), log);
	const kube = await asUser(folder, server, 'admin-token');
	await ready(kube, running, log);
	const stranger = await asUser(folder, server, 'no-token');
	return {
		kube,
		stranger,
		tools: (run = 'R-0001') =>
			someTools({ run, kube: () => Promise.resolve(kube), host: elsewhere }),
		create: (path, object) => kube.create(path, object, {}, never),
		async runs(path, pod) {
			const { metadata } = await kube.create(path, pod, {}, never);
			const patch = [{ op: 'add', path: '/status', value: pod['status'] }] as const;
			return kube.patch(`${path}/${metadata.name}/status`, patch, {}, never);
		},
		at: (path) => kube.get(path, never),
	};
}

function etcdFlags(folder: string, client: string, peer: string): string[] {
	return [
		`--data-dir=${join(folder, 'etcd')}`,
		`--listen-client-urls=${client}`,
		`--advertise-client-urls=${client}`,
		`--listen-peer-urls=${peer}`,
		`--initial-advertise-peer-urls=${peer}`,
		`--initial-cluster=default=${peer}`,
		'--unsafe-no-fsync',
	];
}

function apiserverFlags(folder: string, store: string, port: number): string[] {
	return [
		`--etcd-servers=${store}`,
		'--bind-address=127.0.0.1',
		`--secure-port=${port}`,
		`--cert-dir=${join(folder, 'certs')}`,
		'--service-cluster-ip-range=10.0.0.0/24',
		'--service-account-issuer=https://lab',
		`--service-account-key-file=${join(folder, 'sa.key')}`,
		`--service-account-signing-key-file=${join(folder, 'sa.key')}`,
		`--token-auth-file=${join(folder, 'tokens.csv')}`,
		'--authorization-mode=RBAC',
		'--disable-admission-plugins=ServiceAccount',
	];
}

/** Ends with the test, and with its last words where it ended before. */
function start(
	t: TestContext,
	program: string,
	flags: readonly string[],
	log: string,
): ChildProcess {
	const out = openSync(log, 'w');
	const child = spawn(program, flags, { stdio: ['ignore', out, out] });
	closeSync(out);
	t.after(async () => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const gone = once(child, 'exit');
		child.kill('SIGKILL');
		await gone;
	});
	return child;
}

async function asUser(folder: string, server: string, token: string): Promise<KubeTool> {
	const file = join(folder, `${token}.kubeconfig`);
	writeFileSync(file, kubeconfigFor('lab', server, token));
	return openKube({ KUBECONFIG: file });
}

async function ready(kube: KubeTool, running: ChildProcess, log: string): Promise<void> {
	const until = Date.now() + patienceMs;
	let last: unknown;
	while (Date.now() < until && running.exitCode === null) {
		try {
			await kube.text('/readyz', {}, 100, never);
			if (await kube.get('/api/v1/namespaces/default', never)) return;
		} catch (thrown) {
			last = thrown;
		}
		await sleep(200);
	}
	const words = readFileSync(log, 'utf8').split('\n').slice(-5).join('\n');
	throw new Error(`kube-apiserver does not come up: ${last}\n${words}`);
}
