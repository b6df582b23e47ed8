import { beacon, comesBack, diskBeacon, goesDown, job, loadBeacon } from '../salt-events.ts';
import type { Act } from '../stage.ts';

/** web12 grows hot, web7's disk fills, and web99 is away for a moment. */
export const pressure: Act = {
	caption: 'web12 grows hot · + keeps only this value, - hides it, \\ all off/on',
	*play(stage) {
		const { web12, web7, db3, web99 } = stage.hosts;
		web12.usualLoad = 14.2;
		web7.disk = Math.max(web7.disk, 91.2);
		for (let times = 0; times < 4; times++) {
			web12.load += (web12.usualLoad - web12.load) * 0.5;
			loadBeacon(stage, web12);
			yield 450;
			diskBeacon(stage, web7);
			yield 250;
		}
		goesDown(stage, web99);
		yield 800;
		yield* job(stage, {
			user: 'root',
			fun: 'pkg.install',
			args: ['postgresql-16'],
			target: 'db3',
			returns: [{ minion: db3, afterMs: 600, value: aptSays, retcode: 1 }],
		});
		beacon(stage, db3, 'queue_depth', { depth: 412, oldest: 38.5, unit: 'jobs' }, 'orders');
		yield 1100;
		yield* comesBack(stage, web99);
		yield 600;
	},
};

const aptSays =
	'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 2187 (unattended-upgr)';
