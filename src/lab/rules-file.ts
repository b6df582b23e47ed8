import { callHomeFrom, droppedIn, shellIn } from './attack-events.ts';
import { Chance } from './chance.ts';
import { labCluster, podOn } from './cluster.ts';
import { type FalcoEvent, falcoLine } from './falco-events.ts';

/** What the lab's attack calls for: cutting off one pod, then its host; losing the evidence is offered too, and better refused. */
export const labRules = `apiVersion: eventctl/v1
rules:
  - id: lab-shell
    match: 'format:falco rule:"Terminal shell in container" sev>=crit has:pod'
    suggest:
      - action: k8s.isolate-pod
        with: { namespace: '{{ ns }}', pod: '{{ pod }}', container: '{{ fields["container.id"] }}' }
    notify:
      - { to: oncall-sms, text: '{{ rule }}: {{ who }}' }
    cooldown: 1m
    expires: 5m
    samples: { match: [shell.json], miss: [shell-on-host.json, called-once.json] }
  - id: lab-calls-out
    match: 'format:falco rule:"Outbound Connection to C2 Servers" has:pod'
    count: { at_least: 3, within: 30s, by: [host] }
    suggest:
      - { action: host.lockdown, with: { host: '{{ host }}' } }
    notify:
      - { to: incidents, text: '{{ who }} calls {{ fields["fd.rip"] }}' }
    cooldown: 1m
    expires: 10m
    samples: { match: [called-three-times.ndjson], miss: [called-once.json] }
  - id: lab-dropped-binary
    match: 'format:falco rule:"Drop and execute new binary in container" has:pod'
    suggest:
      - action: k8s.delete-pod
        with: { namespace: '{{ ns }}', pod: '{{ pod }}', container: '{{ fields["container.id"] }}' }
    notify:
      - { to: oncall-mail, text: 'A new binary runs in {{ ns }}/{{ pod }}: {{ summary }}' }
    cooldown: 1m
    expires: 15m
    samples: { match: [new-binary.json], miss: [new-binary-on-host.json] }
`;

/** The events those rules are tried on, by file name, as Falco writes them. */
export function labSamples(): Readonly<Record<string, string>> {
	const node = 'web12';
	const pod = podOn(labCluster(new Chance(1)), 'payments', node);
	if (!pod) throw new Error(`no pod of payments on ${node}`);
	const inPod = { node, pod };
	return {
		'shell.json': lines(shellIn(inPod)),
		'shell-on-host.json': lines(shellIn({ node })),
		'called-once.json': lines(callHomeFrom(inPod, 40_001)),
		'called-three-times.ndjson': lines(
			...[40_001, 40_002, 40_003].map((port) => callHomeFrom(inPod, port)),
		),
		'new-binary.json': lines(droppedIn(inPod)),
		'new-binary-on-host.json': lines(droppedIn({ node })),
	};
}

const recordedAt = 1_795_253_162_118_000_123n;

function lines(...events: readonly FalcoEvent[]): string {
	return events.map((event) => `${falcoLine(event, recordedAt)}\n`).join('');
}
