import { highstate, inOrder, withRuns } from '../highstate.ts';
import { job, presence } from '../salt-events.ts';
import type { Act } from '../stage.ts';

/** All is well: minions answer, a highstate finds nothing to do, another mends a little. */
export const morning: Act = {
	caption: 'the lab: all is well · / filters · ⏎ opens an event · ? every key',
	*play(stage) {
		const { web7, db3 } = stage.hosts;
		presence(stage);
		yield 900;
		const mended = withRuns({
			fun: 'file.managed',
			id: '/etc/motd',
			comment: 'File /etc/motd updated',
			changes: { diff: '--- \n+++ \n@@ -1 +1 @@\n-Welcome\n+Welcome to db3' },
		});
		yield* job(stage, {
			user: 'sudo_olga',
			fun: 'state.apply',
			args: ['base'],
			target: 'G@role:db or web7',
			out: 'highstate',
			returns: [
				{ minion: web7, afterMs: 700, value: highstate(stage, 'base', inOrder) },
				{ minion: db3, afterMs: 600, value: highstate(stage, 'base', mended) },
			],
		});
		yield 1200;
		presence(stage);
		yield 1000;
	},
};
