import { highstate, withRuns } from '../highstate.ts';
import { job, loadBeacon } from '../salt-events.ts';
import type { Act } from '../stage.ts';

/** The deploy is taken back, web12 cools down, and the night goes on. */
export const aftermath: Act = {
	caption: 'calm again, for now · p fires an event of your own · 6 the sources',
	*play(stage) {
		const { web12 } = stage.hosts;
		stage.ops('ops.deploy.payments.rolled_back', {
			service: 'payments',
			version: '2.14.1',
			by: 'olga',
			level: 'notice',
		});
		yield 1200;
		const mended = withRuns({
			fun: 'service.running',
			id: 'nginx',
			comment: 'Started service nginx',
			changes: { nginx: true },
			ms: 812,
		});
		yield* job(stage, {
			user: 'sudo_olga',
			fun: 'state.apply',
			args: ['nginx', 'saltenv=previous'],
			target: 'web12',
			out: 'highstate',
			returns: [{ minion: web12, afterMs: 1800, value: highstate(stage, 'nginx', mended) }],
		});
		web12.usualLoad = 0.8;
		for (let times = 0; times < 3; times++) {
			yield 900;
			web12.load += (web12.usualLoad - web12.load) * 0.6;
			loadBeacon(stage, web12);
		}
		yield 3000;
	},
};
