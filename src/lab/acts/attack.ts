import {
	callHomeFrom,
	droppedIn,
	netcatIn,
	poolCallFrom,
	shadowReadIn,
	shellIn,
	webShellIn,
} from '../attack-events.ts';
import type { Pod } from '../cluster.ts';
import { dropEvent, type FalcoEvent } from '../falco-events.ts';
import type { Host } from '../hosts.ts';
import { beacon, loadBeacon } from '../salt-events.ts';
import type { Act, Stage, Telling } from '../stage.ts';

/** So many looks, a second apart, the story stays with an attack that was answered: time to look around and take it back. */
const aftertaste = 120;
/** Every so many rounds of mining somebody looks in: a shell again. */
const looksInEvery = 10;
const loads = { mining: 14.2, usual: 0.8 };

/** What the operator can read off the events, and what to press now. */
const captions = {
	free: 'it calls out until you answer · a approves the card · 2 the queue · r rejects',
	isolated: 'isolated: it calls out no more · b takes it back · 4 the audit',
	locked: 'its host is closed: nothing gets out · a new login confirms it · b opens it',
	gone: 'the pod is gone, another took its place · 3 the run · 4 the audit',
	nowhere: 'nothing is left to attack · b takes back what you did · 4 the audit',
} as const;

type Reach = Exclude<keyof typeof captions, 'nowhere'>;

/** A web shell becomes a shell in a container, calls out, and mines, for as long as what the operator does lets it. */
export const attack: Act = {
	caption: 'an attack in payments · the card below says what to do · a approves it',
	*play(stage) {
		const pod = victim(stage);
		if (!pod) {
			stage.caption(captions.nowhere);
			yield 4000;
			return;
		}
		yield* whileFree(stage, pod, steps(stage, pod));
	},
};

/** A pod of payments that nobody cut off, on web12 while there is one. */
function victim({ cluster, hosts }: Stage): Pod | undefined {
	const free = cluster.pods.filter(
		({ ns, node, isIsolated }) =>
			ns === 'payments' && !isIsolated && !hostOf({ hosts }, node).isLocked,
	);
	return free.find(({ node }) => node === 'web12') ?? free[0];
}

/** An answer stops the attack where it is. That is watched for a while; taken back, the attack goes on from there. */
function* whileFree(stage: Stage, pod: Pod, attacking: Telling): Telling {
	const host = hostOf(stage, pod.node);
	let said: Reach = 'free';
	for (let calm = 0; calm < aftertaste; ) {
		const reach = reachOf(stage, pod);
		if (reach !== said) stage.caption(captions[reach]);
		said = reach;
		calm = reach === 'free' ? 0 : calm + 1;
		host.usualLoad = reach === 'free' ? loads.mining : loads.usual;
		const { value, done } = reach === 'free' ? attacking.next() : { value: 1000, done: false };
		if (done) return;
		yield Number(value);
	}
}

function reachOf(stage: Stage, pod: Pod): Reach {
	if (!stage.cluster.pods.includes(pod)) return 'gone';
	if (pod.isIsolated) return 'isolated';
	return hostOf(stage, pod.node).isLocked ? 'locked' : 'free';
}

/** The whole attack, as if nobody were there. */
function* steps(stage: Stage, pod: Pod): Telling {
	yield* breakIn(stage, pod);
	yield* callOut(stage, pod);
	yield* settle(stage, pod);
	stage.caption(captions.free);
	yield* mine(stage, pod);
}

function* breakIn(stage: Stage, pod: Pod): Telling {
	happens(stage, pod, webShellIn);
	yield 900;
	happens(stage, pod, shadowReadIn);
	yield 700;
	happens(stage, pod, shellIn);
	yield 2500;
}

function* callOut(stage: Stage, pod: Pod): Telling {
	calls(stage, pod, callHomeFrom);
	yield 1500;
	for (let times = 0; times < 4; times++) {
		happens(stage, pod, netcatIn);
		yield 700;
		calls(stage, pod, callHomeFrom);
		yield 900;
	}
	const change = { path: '/etc/passwd', change: 'IN_MODIFY' };
	beacon(stage, hostOf(stage, pod.node), 'inotify', change, '/etc/passwd');
	yield 2000;
}

function* settle(stage: Stage, pod: Pod): Telling {
	stage.falco(dropEvent(pod.node, 214_880, 2104));
	yield 900;
	happens(stage, pod, droppedIn);
	for (let times = 0; times < 5; times++) {
		yield 900;
		calls(stage, pod, poolCallFrom);
		loadBeacon(stage, hostOf(stage, pod.node));
	}
	yield 900;
}

function* mine(stage: Stage, pod: Pod): Telling {
	for (let round = 1; round <= stage.patience; round++) {
		calls(stage, pod, poolCallFrom);
		if (round % looksInEvery === 0) happens(stage, pod, shellIn);
		yield 900;
	}
	yield 900;
}

type Place = { readonly node: string; readonly pod: Pod };

function happens(stage: Stage, pod: Pod, eventIn: (place: Place) => FalcoEvent): void {
	stage.falco(eventIn({ node: pod.node, pod }));
}

function calls(
	stage: Stage,
	pod: Pod,
	eventFrom: (place: Place, port: number) => FalcoEvent,
): void {
	stage.falco(eventFrom({ node: pod.node, pod }, stage.chance.whole(40_000, 60_000)));
}

/** The host of a node's name. */
function hostOf({ hosts }: Pick<Stage, 'hosts'>, node: string): Host {
	return Object.values(hosts).find(({ id }) => id === node) ?? hosts.web12;
}
