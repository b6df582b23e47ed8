/**
 * Installs the real servers that `npm run test:real` plays against into `.servers/`, without root: what is
 * there already stays, each one's version is printed. One more server is one more row of the table.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.servers', import.meta.url));

/** A tag of Kubernetes v1.N.P is v0.N.P in the modules that it is cut into, which its own go.mod names by folder. */
const kubernetes = '1.34.2';
const kubernetesModules = `
	api apiextensions-apiserver apimachinery apiserver cli-runtime client-go cloud-provider cluster-bootstrap
	code-generator component-base component-helpers controller-manager cri-api cri-client csi-translation-lib
	dynamic-resource-allocation endpointslice externaljwt kms kube-aggregator kube-controller-manager kube-proxy
	kube-scheduler kubectl kubelet metrics mount-utils pod-security-admission sample-apiserver`
	.trim()
	.split(/\s+/);

/**
 * `install` makes the commands whose arguments follow; `version` is the command that proves it works.
 * Each is [program, ...arguments]; programs without a slash are looked up on PATH.
 */
const servers = [
	pythonServer('salt-lts', 'salt==3006.*', 'salt-master'),
	pythonServer('salt', 'salt', 'salt-master'),
	goServer('nats-server', 'github.com/nats-io/nats-server/v2@v2.15.2'),
	goModuleServer('etcd', {
		requires: ['go.etcd.io/etcd/server/v3 v3.6.4'],
		builds: 'go.etcd.io/etcd/server/v3',
	}),
	goModuleServer('kube-apiserver', {
		requires: [`k8s.io/kubernetes v${kubernetes}`],
		replaces: kubernetesModules.map(
			(name) => `k8s.io/${name} => k8s.io/${name} v0.${kubernetes.slice(2)}`,
		),
		builds: 'k8s.io/kubernetes/cmd/kube-apiserver',
		variables: { 'k8s.io/component-base/version.gitVersion': `v${kubernetes}` },
	}),
];

/** A package of PyPI in a virtual environment of its own: `.servers/NAME/bin/PROGRAM`. */
function pythonServer(name, requirement, program) {
	const home = `${folder}/${name}`;
	return {
		name,
		recipe: requirement,
		install() {
			rmSync(home, { recursive: true, force: true });
			run(python(), ['-m', 'venv', home]);
			run(`${home}/bin/pip`, ['install', '-q', '--disable-pip-version-check', requirement]);
		},
		version: () => run(`${home}/bin/${program}`, ['--version']),
	};
}

/** A program built from its Go module: `.servers/bin/NAME`. */
function goServer(name, module) {
	return {
		name,
		recipe: module,
		install() {
			needGo(name);
			run('go', ['install', module], { GOBIN: `${folder}/bin`, GOFLAGS: '', CGO_ENABLED: '0' });
		},
		version: () => run(`${folder}/bin/${name}`, ['--version']),
	};
}

/**
 * A program whose module names its neighbours by folder, which `go install` refuses: it is built inside a
 * module of our own that says where they are instead. The checksum database still proves what was fetched.
 */
function goModuleServer(name, { requires, replaces = [], builds, variables = {} }) {
	const lines = [
		`module ${name}`,
		'go 1.24',
		...requires.map((line) => `require ${line}`),
		...replaces.map((line) => `replace ${line}`),
	];
	const settings = Object.entries(variables).map(([variable, value]) => ` -X ${variable}=${value}`);
	return {
		name,
		recipe: [...lines, builds, ...settings].join('\n'),
		install() {
			needGo(name);
			const home = mkdtempSync(`${tmpdir()}/eventctl-${name}-`);
			try {
				writeFileSync(`${home}/go.mod`, `${lines.join('\n')}\n`);
				const flags = ['-mod=mod', '-trimpath', `-ldflags=-s -w${settings.join('')}`];
				const env = { GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' };
				run('go', ['build', ...flags, '-o', `${folder}/bin/${name}`, builds], env, home);
			} finally {
				rmSync(home, { recursive: true, force: true });
			}
		},
		version: () => run(`${folder}/bin/${name}`, ['--version']).split('\n')[0],
	};
}

function needGo(name) {
	if (answers('go', ['version'])) return;
	throw new Error(
		`${name} is built from its source: install Go (https://go.dev/dl) and put it on PATH`,
	);
}

/** The first Python on PATH that Salt runs on. */
function python() {
	const fits = 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info < (3, 13))';
	const found = ['python3.11', 'python3.10', 'python3.12', 'python3'].find((program) =>
		answers(program, ['-c', fits]),
	);
	if (found) return found;
	throw new Error(
		'Salt needs Python 3.10, 3.11 or 3.12 with its venv module on PATH (Debian: apt install python3-venv)',
	);
}

function answers(program, args) {
	return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** What the program printed; throws with its last words when it failed. */
function run(program, args, env = {}, cwd = folder) {
	const { status, stdout, stderr, error } = spawnSync(program, args, {
		encoding: 'utf8',
		cwd,
		env: { ...process.env, ...env },
	});
	if (status === 0) return stdout.trim();
	const words = error?.message ?? `${stdout}${stderr}`.trim().split('\n').slice(-5).join('\n');
	throw new Error(`${[program, ...args].join(' ')} failed: ${words}`);
}

/** Installs the server unless the same recipe has made one that still runs; its version. */
function ensure({ name, recipe, install, version }) {
	const stamp = `${folder}/${name}.recipe`;
	const isMade = existsSync(stamp) && readFileSync(stamp, 'utf8') === recipe;
	if (isMade) {
		try {
			return version();
		} catch {
			console.log(`${name}: no longer runs, and is made anew`);
		}
	}
	console.log(`${name}: installing ${recipe.split('\n')[0]}`);
	const startedAt = performance.now();
	install();
	const says = version();
	writeFileSync(stamp, recipe);
	console.log(`${name}: took ${Math.round((performance.now() - startedAt) / 1000)} s`);
	return says;
}

mkdirSync(folder, { recursive: true });
for (const server of servers) {
	try {
		console.log(`${server.name}: ${ensure(server)}`);
	} catch (thrown) {
		console.error(`servers: cannot install ${server.name}: ${thrown.message}`);
		process.exitCode = 1;
	}
}
