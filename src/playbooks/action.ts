import { printYaml } from '../codec/yaml.ts';
import type { Action } from '../core/action.ts';
import { Failure } from '../core/errors.ts';
import type { Facts } from '../core/facts.ts';
import type { JsonObject } from '../core/plan.ts';
import { doneKey, inputsOf } from './inputs.ts';
import { planPlaybook } from './plan.ts';
import { type FindAction, leavesOf, type Playbook } from './playbook.ts';
import { runPlaybook } from './run.ts';
import type { InputSpec } from './schema.ts';
import { undoKind, undoListOf } from './undo-list.ts';

/** A playbook as an action like any other. */
export function playbookAction(playbook: Playbook, find: FindAction): Action<JsonObject> {
	const { name, title, version, tier, inputs } = playbook;
	return {
		kind: `playbook:${name}`,
		version,
		title,
		tier,
		inverse: undoKind,
		example: printYaml(Object.fromEntries(inputs.flatMap(exampleOf))),
		parse: (raw) => inputsOf(playbook, raw),
		target: (text) => targetOf(playbook, text),
		fits: (facts) => fitting(inputs, facts),
		plan: (params, tools, stop) => planPlaybook(playbook, params, tools, stop),
		async precheck(plan, tools, stop) {
			const entries = [...playbook.items.flatMap(leavesOf), ...playbook.last].map(
				({ entry }) => entry,
			);
			for (const { id, plan: part } of plan.parts ?? []) {
				const action = entries.find((entry) => entry.action.kind === part?.action)?.action;
				const reason = part && (await action?.precheck(part, tools, stop));
				if (reason !== undefined) return `${id}: ${reason}`;
			}
			return undefined;
		},
		run: (plan, tools, stop) => runPlaybook({ playbook, plan, tools, stop, find }),
		resume(plan, undo) {
			if ('none' in undo || undo.action !== undoKind) return plan.params;
			return { ...plan.params, [doneKey]: undoListOf(undo.params).done };
		},
	};
}

/** What an event can tell of an input, by its name. */
const factOf: Readonly<Record<string, (facts: Facts) => string | undefined>> = {
	host: ({ host }) => host,
	minion: ({ host }) => host,
	namespace: ({ ns }) => ns,
	ns: ({ ns }) => ns,
	pod: ({ pod }) => pod,
	user: ({ user }) => user,
};

const examples: Readonly<Record<string, string>> = {
	host: 'web12',
	minion: 'web12',
	namespace: 'payments',
	ns: 'payments',
	pod: 'pay-7d9f',
	user: 'root',
};

function exampleOf({
	name,
	default: value,
	enum: known,
	required,
}: InputSpec): readonly [string, unknown][] {
	if (!required) return value === undefined ? [] : [[name, value]];
	return [[name, known?.[0] ?? value ?? examples[name] ?? 'text']];
}

/** `payments/pay-7d9f` where it takes a namespace and a pod, else its first input. */
function targetOf({ name, inputs }: Playbook, text: string): JsonObject {
	const names = inputs.map((input) => input.name);
	const [namespace, pod, ...others] = text.split('/');
	if (
		names.includes('namespace') &&
		names.includes('pod') &&
		others.length === 0 &&
		namespace &&
		pod
	) {
		return { namespace, pod };
	}
	const [first] = inputs;
	if (first?.type === 'string') return { [first.name]: text };
	throw new Failure(
		'usage',
		`playbook:${name} ${text}: takes no target: give its inputs by --param`,
	);
}

/** Offered where the event tells every input that must be given, and at least one. */
function fitting(inputs: readonly InputSpec[], facts: Facts): JsonObject | undefined {
	const needed = inputs.filter(({ required }) => required);
	const found = needed.flatMap(({ name }): [string, string][] => {
		const value = Object.hasOwn(factOf, name) ? factOf[name]?.(facts) : undefined;
		return value === undefined ? [] : [[name, value]];
	});
	if (found.length === 0 || found.length < needed.length) return undefined;
	return Object.fromEntries(found);
}
