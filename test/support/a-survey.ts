import type { FromEngine } from '../../src/core/session.ts';

/** What an engine counts of the story's night. */
export function aSurvey(id: number): Extract<FromEngine, { type: 'facets' }> {
	const leaf = (label: string, glob: string, count: number) => ({
		label,
		glob,
		count,
		children: [],
	});
	const ret = {
		...leaf('*/ret/', 'salt/job/*/ret/*', 598),
		children: [
			leaf('web12', 'salt/job/*/ret/web12', 212),
			leaf('web99', 'salt/job/*/ret/web99', 18),
		],
	};
	const job = {
		...leaf('job/', 'salt/job/*', 640),
		children: [ret, leaf('*/new', 'salt/job/*/new', 42)],
	};
	const salt = {
		...leaf('salt/', 'salt/*', 812),
		children: [
			job,
			leaf('beacon/*/load/', 'salt/beacon/*/load/', 131),
			leaf('auth', 'salt/auth', 41),
		],
	};
	const falco = {
		...leaf('falco/', 'falco/*', 260),
		children: [leaf('Terminal shell in container', 'falco/Terminal shell in container', 12)],
	};
	const values = (pairs: Readonly<Record<string, number>>) =>
		Object.entries(pairs).map(([value, count]) => ({ value, count }));
	const whole = { more: 0, isComplete: true };
	return {
		type: 'facets',
		id,
		tags: [salt, falco, leaf('ops.deploy.payments', 'ops.deploy.payments', 119)],
		facets: [
			{ key: 'src', values: values({ salt: 812, falco: 260, nats: 119 }), ...whole },
			{ key: 'sev', values: values({ warn: 879, err: 311, crit: 14 }), ...whole },
			{
				key: 'host',
				values: values({ web12: 498, web7: 61, db3: 40, web99: 18 }),
				more: 47,
				isComplete: true,
			},
			{
				key: 'fun',
				values: values({ 'state.apply': 402, 'cmd.run': 88 }),
				more: 0,
				isComplete: false,
			},
		],
	};
}
