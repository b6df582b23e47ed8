import type { VerbEntry, VerbOption } from './verbs.ts';

const json: VerbOption = { flags: '-o, --output <format>', says: 'json' };

/** The yes that a deed's tier takes. */
const consent: readonly VerbOption[] = [
	{ flags: '--yes', says: 'the yes that a T2 takes' },
	{ flags: '--confirm <name>', says: "the target's name, which a T3 takes" },
	{ flags: '--reason <text>', says: 'why; a T3 takes one' },
];

/** What is done about events, and what became of it. */
export const respondVerbs: readonly VerbEntry[] = [
	{
		name: 'run',
		words: '[action] [target]',
		says: 'plans a deed, takes its yes, carries it out and says how it ended',
		examples: [
			'eventctl run k8s.isolate-pod payments/pay-7d9f --yes',
			'eventctl run k8s.delete-pod payments/pay-7d9f --confirm payments/pay-7d9f --reason INC-4471',
		],
		options: [
			{ flags: '--param <key=value>', says: 'a parameter; may be repeated', isRepeated: true },
			{ flags: '--dry-run', says: 'only the plan' },
			...consent,
			{ flags: '--detach', says: 'let a process of its own do it' },
			json,
		],
		load: () => import('./run.ts'),
	},
	{
		name: 'approvals',
		aliases: ['respond'],
		words: '[what] [id]',
		choices: ['list', 'show', 'approve', 'reject'],
		says: 'what waits for a yes: list, show, approve, reject',
		examples: ['eventctl approvals list', 'eventctl approvals approve A-0097 --yes'],
		options: [
			{ flags: '--all', says: 'list: also what is over' },
			...consent,
			{ flags: '--detach', says: 'approve: let a process of its own do it' },
			json,
		],
		load: () => import('./approvals.ts'),
	},
	{
		name: 'notify',
		words: '<test> <name>',
		choices: ['test'],
		says: 'sends a test message to a configured destination, and tells what it answered',
		examples: ['eventctl notify test oncall-sms', 'eventctl notify test ops --text "drill"'],
		options: [{ flags: '--text <text>', says: 'what it says' }, json],
		load: () => import('./notify.ts'),
	},
	{
		name: 'runs',
		words: '[what] [id]',
		choices: ['list', 'attach', 'stop', 'rollback'],
		says: 'what was begun: list, attach, stop, rollback',
		examples: ['eventctl runs attach R-0097', 'eventctl runs rollback R-0097 --yes'],
		options: [
			...consent,
			{ flags: '--kill', says: 'stop: now, not after its step' },
			{ flags: '--detach', says: 'rollback: let a process of its own do it' },
			json,
		],
		load: () => import('./runs.ts'),
	},
	{
		name: 'actions',
		words: '[what] [name]',
		choices: ['list', 'show'],
		says: 'what can be done: list, show',
		examples: ['eventctl actions list', 'eventctl actions show k8s.isolate-pod'],
		options: [json],
		load: () => import('./actions.ts'),
	},
	{
		name: 'stop',
		words: '',
		says: 'the kill switch: nothing begins any more for anybody, until it is lifted',
		examples: ['eventctl stop --all', 'eventctl stop --clear'],
		options: [
			{ flags: '--all', says: 'stop everything' },
			{ flags: '--clear', says: 'lift it' },
			{ flags: '--reason <text>', says: 'why, for the audit' },
		],
		load: () => import('./stop.ts'),
	},
];
