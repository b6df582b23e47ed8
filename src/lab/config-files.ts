import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubeconfigFor } from './kubeconfig.ts';
import { labRules, labSamples } from './rules-file.ts';

export type Doors = {
	/** The cluster's API. */
	readonly kubernetes: string;
	readonly webhook: string;
	readonly twilio: string;
	readonly mail: string;
	/** The socket behind which the hosts are. */
	readonly hosts: string;
};

export type ConfigFiles = { readonly config: string; readonly kubeconfig: string };

/** Writes into the lab's folder what a person would write for a site of their own. */
export function writeConfig(folder: string, doors: Doors): ConfigFiles {
	const config = join(folder, 'config.yaml');
	const kubeconfig = join(folder, 'kubeconfig');
	const rules = join(folder, 'rules.yaml');
	write(kubeconfig, kubeconfigFor('lab', doors.kubernetes));
	write(rules, labRules);
	mkdirSync(join(folder, 'samples'), { mode: 0o700 });
	for (const [name, text] of Object.entries(labSamples()))
		write(join(folder, 'samples', name), text);
	write(join(folder, 'slack.url'), doors.webhook);
	write(join(folder, 'twilio.token'), 'lab');
	write(config, configText(folder, rules, doors));
	return { config, kubeconfig };
}

function write(path: string, text: string): void {
	writeFileSync(path, text, { mode: 0o600 });
}

function configText(folder: string, rules: string, { twilio, mail, hosts }: Doors): string {
	return `apiVersion: eventctl/v1
rules: ['${rules}']
store: { kind: sqlite, path: '${join(folder, 'store')}' }
notify:
  incidents: { kind: slack.post, webhook: 'file:${join(folder, 'slack.url')}' }
  oncall-sms: { kind: twilio.sms, base: '${twilio}', account: ACLAB, token: 'file:${join(folder, 'twilio.token')}', from: '+15550100', to: ['+15550101'] }
  oncall-mail: { kind: mail.send, server: '${mail}', from: eventctl@lab.example, to: [oncall@lab.example] }
policy:
  protected: [{ host: db3 }]
  blast: { targets: 5, within: 10m }
hosts:
  web12: { kind: lab, socket: '${hosts}' }
  web7: { kind: lab, socket: '${hosts}' }
  web99: { kind: lab, socket: '${hosts}' }
  db3: { kind: lab, socket: '${hosts}' }
host:
  ssh: [10.0.0.4]
  keep: ['10.0.0.2:4505', '10.0.0.2:4506']
  collect: { folder: '${join(folder, 'evidence')}' }
`;
}
