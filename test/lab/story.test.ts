import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printJson } from '../../src/codec/json.ts';
import { encodeMsgpack } from '../../src/codec/msgpack.ts';
import { boundsOf } from '../../src/core/bounds.ts';
import { clearPeek, newPeek } from '../../src/core/format.ts';
import { unknownSeverity } from '../../src/core/severity.ts';
import { recognise } from '../../src/formats/recognise.ts';
import { attack } from '../../src/lab/acts/attack.ts';
import { deploy } from '../../src/lab/acts/deploy.ts';
import { morning } from '../../src/lab/acts/morning.ts';
import { pressure } from '../../src/lab/acts/pressure.ts';
import { podOn } from '../../src/lab/cluster.ts';
import { falcoLine } from '../../src/lab/falco-events.ts';
import { tell } from '../../src/lab/story.ts';
import { aStage, played, type RecordingStage } from './a-stage.ts';

const callsOut = ({ seen }: RecordingStage) =>
	seen.filter(({ rule }) => rule === 'Outbound Connection to C2 Servers').length;

/** Tells the whole story on the stage's own clock. */
async function told(stage: RecordingStage, stop = new AbortController().signal) {
	const captions: string[] = [];
	let isOver = false;
	const onCaption = (caption: string) => captions.push(caption);
	const telling = tell(stage, { speed: 1, patience: 3, onCaption }, stop).finally(() => {
		isOver = true;
	});
	while (!isOver) {
		const [next] = stage.clock.pending();
		if (next !== undefined) stage.clock.advance(next);
		await new Promise((resolve) => setImmediate(resolve));
	}
	await telling;
	return captions;
}

test('the story has five acts, each with a caption, and ends with nothing pending', async () => {
	const stage = aStage();
	const captions = await told(stage);
	assert.equal(new Set(captions).size, 5);
	assert.deepEqual(stage.clock.pending(), []);
	const { ms } = stage.said.at(-1) ?? { ms: 0 };
	assert.ok(ms > 40_000 && ms < 180_000, `${ms} ms`);
});

for (const seed of [1, 2, 3]) {
	test(`something comes over every bus in the first second, and no second is silent (${seed})`, async () => {
		const stage = aStage(seed);
		await told(stage);
		const early = new Set(stage.said.filter(({ ms }) => ms < 1000).map(({ bus }) => bus));
		assert.deepEqual(early, new Set(['salt', 'falco', 'ops']));
		const times = stage.said.map(({ ms }) => ms);
		const pauses = times.slice(1).map((ms, index) => ms - (times[index] ?? 0));
		assert.ok(Math.max(...pauses) < 1000);
	});
}

test('stop ends it at once', async () => {
	const stage = aStage();
	await told(stage, AbortSignal.abort());
	assert.ok(stage.said.length < 5);
});

test('the deploy fails on web12 with three states, and only there', () => {
	const stage = aStage();
	played(stage, deploy.play(stage));
	const returns = stage.fired.filter(
		({ data }) => data['fun'] === 'state.apply' && 'return' in data,
	);
	const failures = returns.map(({ data }) => {
		const states = Object.values(data['return'] as object);
		return [data['id'], data['retcode'], states.filter(({ result }) => result === false).length];
	});
	assert.deepEqual(failures, [
		['web99', 0, 0],
		['web7', 0, 0],
		['web12', 2, 3],
	]);
});

test('a minion that is down sends neither returns nor beacons', () => {
	const stage = aStage();
	stage.hosts.web12.isUp = false;
	played(stage, deploy.play(stage));
	const own = stage.fired.filter(({ data }) => data['id'] === 'web12');
	assert.deepEqual(own, []);
});

test('web99 leaves and comes back', () => {
	const stage = aStage();
	played(stage, pressure.play(stage));
	const changes = stage.fired.filter(({ tag }) => tag === 'salt/presence/change');
	assert.deepEqual(
		changes.map(({ data }) => [data['lost'], data['new']]),
		[
			[['web99'], []],
			[[], ['web99']],
		],
	);
	assert.equal(stage.hosts.web99.isUp, true);
});

test('the attack calls out until its pod is isolated, its host locked down, or it is gone', () => {
	const free = aStage();
	played(free, attack.play(free));
	assert.ok(callsOut(free) >= 8);
	for (const respond of [
		(stage: RecordingStage) => {
			const pod = podOn(stage.cluster, 'payments', 'web12');
			if (pod) pod.isIsolated = true;
		},
		(stage: RecordingStage) => {
			stage.hosts.web12.isLocked = true;
		},
		(stage: RecordingStage) => {
			stage.cluster.pods.length = 0;
		},
	]) {
		const stage = aStage();
		played(stage, attack.play(stage), () => {
			if (callsOut(stage) === 3) respond(stage);
		});
		assert.equal(callsOut(stage), 3);
	}
});

test('a shell calls for an answer within 25 seconds, and once it came the attack shows nothing more of itself', () => {
	const stage = aStage();
	const start = stage.clock.now();
	const pod = podOn(stage.cluster, 'payments', 'web12');
	assert.ok(pod);
	const ofPod = () => stage.seen.filter(({ fields }) => fields['k8s.pod.name'] === pod.name);
	let atAnswer: { readonly ms: number; readonly events: number } | undefined;
	const answer = () => {
		if (atAnswer || !ofPod().some(({ rule }) => rule === 'Terminal shell in container')) return;
		atAnswer = { ms: stage.clock.now() - start, events: ofPod().length };
		pod.isIsolated = true;
	};
	for (const act of [morning, deploy, pressure, attack]) played(stage, act.play(stage), answer);
	assert.ok(atAnswer && atAnswer.ms < 25_000, `${atAnswer?.ms} ms`);
	assert.equal(ofPod().length, atAnswer.events);
});

test('an attack that was answered is watched: taken back, it goes on', () => {
	const stage = aStage();
	const pod = podOn(stage.cluster, 'payments', 'web12');
	assert.ok(pod);
	let looks = 0;
	played(stage, attack.play(stage), () => {
		if (callsOut(stage) === 12) pod.isIsolated = true;
		if (pod.isIsolated && ++looks === 4) pod.isIsolated = false;
	});
	assert.ok(callsOut(stage) > 13);
	const said = stage.captions.map((caption) => caption.split(/[:\s]/)[0]);
	assert.deepEqual(said, ['it', 'isolated', 'it']);
});

test('the next attack takes a pod that nobody cut off; where there is none the story says so', () => {
	const stage = aStage();
	for (const pod of stage.cluster.pods) pod.isIsolated = pod.node === 'web12';
	played(stage, attack.play(stage));
	assert.ok(stage.seen.length > 0 && stage.seen.every(({ hostname }) => hostname === 'web7'));
	const quiet = aStage();
	for (const host of Object.values(quiet.hosts)) host.isLocked = true;
	played(quiet, attack.play(quiet));
	assert.deepEqual([quiet.seen.length, quiet.captions.length], [0, 1]);
});

test('Falco says that it lost calls', () => {
	const stage = aStage();
	played(stage, attack.play(stage));
	const drop = stage.seen.find(({ source }) => source === 'internal');
	assert.equal(drop?.rule, 'Falco internal: syscall event drop');
	assert.equal(drop.fields['n_drops'], '2104');
});

test('every event means something: to its own format, with a severity and a summary', async () => {
	const stage = aStage();
	await told(stage);
	const all = [
		...stage.fired.map(({ tag, data }) => ({ format: 'salt', tag, body: encodeMsgpack(data) })),
		...stage.seen.map((event) => ({
			format: 'falco',
			tag: '',
			body: Buffer.from(falcoLine(event, 1n)),
		})),
		...stage.published.map(({ subject, data }) => {
			return { format: 'json', tag: subject, body: Buffer.from(printJson(data)) };
		}),
	];
	const peek = newPeek();
	for (const { format, tag, body } of all) {
		const at = boundsOf(Buffer.from(tag), body);
		const known = recognise(at, [format]);
		clearPeek(peek);
		known.peek(at, peek);
		const { summary } = known.facts(tag, known.decode(body));
		assert.deepEqual(
			[known.id, peek.severity < unknownSeverity, summary !== ''],
			[format, true, true],
			tag,
		);
	}
});

test('a line is Falco’s own: sorted keys, nine digits of a second, integers no double holds', () => {
	const stage = aStage();
	played(stage, attack.play(stage));
	const miner = stage.seen.find(({ rule }) => rule.startsWith('Drop and execute'));
	assert.ok(miner);
	const line = falcoLine(miner, 1_795_253_162_118_000_123n);
	assert.match(line, /^\{"hostname":"web12","output":"09:26:02\.118000123: Critical Executing/);
	assert.match(line, /"evt\.time":1795253162118000123,/);
	assert.match(line, /"proc\.exe_ino\.ctime_duration_proc_start":18446744073670260079,/);
	assert.match(line, /"time":"2026-11-21T09:26:02\.118000123Z"\}$/);
	const { output_fields: fields } = JSON.parse(line);
	assert.deepEqual(Object.keys(fields), Object.keys(fields).toSorted());
});
