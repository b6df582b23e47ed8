import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson } from '../../src/codec/canonical.ts';
import { parseYaml } from '../../src/codec/yaml.ts';
import type { Action } from '../../src/core/action.ts';
import type { Facts } from '../../src/core/facts.ts';
import type { Deed } from '../../src/core/plan.ts';
import type { Tools } from '../../src/core/tools.ts';
import { hostileStrings } from '../support/hostile.ts';

/** A world in which an action's example can be planned. */
export type World = {
	/** What the command line says to mean a target that is there. */
	readonly target: string;
	/** Parameters beside those the target means. */
	readonly params?: Readonly<Record<string, unknown>>;
	/** Fresh tools for one test; whatever they opened is closed by whoever made them. */
	tools(): Tools | Promise<Tools>;
};

/** What every action must keep to, whatever it does; each action's own test file runs it in its own world. */
export function actionContract(action: Action, world: World): void {
	const { kind } = action;
	const never = new AbortController().signal;
	const planned = async (): Promise<Deed> => {
		const params = action.parse({ ...action.target(world.target), ...world.params });
		return action.plan(params, await world.tools(), never);
	};

	test(`${kind}: its example is parameters it takes`, () => {
		assert.doesNotThrow(() => action.parse(parseYaml(action.example)));
	});

	test(`${kind}: what the command line's target means is parameters it takes, and stays the same`, () => {
		const meant = action.target(world.target);
		assert.doesNotThrow(() => action.parse({ ...meant, ...world.params }));
		assert.equal(canonicalJson(action.target(world.target)), canonicalJson(meant));
	});

	test(`${kind}: hostile facts are offered nothing that it would not take, and throw nothing`, () => {
		for (const { text } of hostileStrings()) {
			const offered = action.fits(hostileFacts(text), hostileFields(text));
			if (offered !== undefined) canonicalJson(offered);
		}
	});

	test(`${kind}: a plan is complete, and the same whenever the world is the same`, async () => {
		const deed = await planned();
		assert.ok(deed.steps.length > 0, 'a plan has steps');
		for (const { says, command } of deed.steps) assert.ok(says !== '' && command !== '');
		for (const { name } of deed.targets) assert.notEqual(name, '');
		assert.ok(deed.tier === undefined || deed.tier >= action.tier, 'a plan never lowers its tier');
		assert.deepEqual(JSON.parse(JSON.stringify(deed)), deed, 'a plan is plain JSON');
		assert.equal(canonicalJson(await planned()), canonicalJson(deed));
	});

	test(`${kind}: the parameters of its plan are complete: they plan the same deed again`, async () => {
		const deed = await planned();
		const again = await action.plan(action.parse(deed.params), await world.tools(), never);
		assert.equal(canonicalJson(again), canonicalJson(deed));
	});

	test(`${kind}: what it plans is undone by its inverse, or says why by nothing`, async () => {
		const { undo, tier } = await planned();
		if ('none' in undo) {
			assert.notEqual(undo.none, '');
			assert.notEqual(tier ?? action.tier, 2, 'a T2 can be undone');
		} else assert.equal(undo.action, action.inverse);
	});
}

function hostileFacts(text: string): Facts {
	const all = { host: text, ns: text, pod: text, user: text, fun: text, jid: text, rule: text };
	return { ...all, who: text, summary: text, ids: [text] };
}

function hostileFields(text: string): Readonly<Record<string, unknown>> {
	const keys = ['k8s.ns.name', 'k8s.pod.name', 'k8s.node.name', 'proc.pid', 'evt.hostname'];
	return Object.fromEntries([...keys, text].map((key) => [key, text]));
}
