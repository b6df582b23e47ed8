import { beacon } from './beacons.ts';
import type { Teller } from './event.ts';
import type { Family } from './family.ts';
import { jobTellers } from './jobs.ts';
import { masterTellers } from './master.ts';
import { minionTellers } from './minions.ts';

/** How each family of events is told. */
export const tellers: Readonly<Record<Family, Teller>> = {
	published: jobTellers.published,
	new: jobTellers.newJob,
	publish: jobTellers.publish,
	return: jobTellers.jobReturn,
	progress: jobTellers.progress,
	'state-result': jobTellers.stateResult,
	runner: jobTellers.runner,
	wheel: jobTellers.runner,
	batch: jobTellers.batch,
	auth: minionTellers.key,
	credentials: minionTellers.credentials,
	key: minionTellers.key,
	rotation: minionTellers.rotation,
	start: minionTellers.start,
	refresh: minionTellers.refresh,
	presence: minionTellers.presence,
	client: minionTellers.client,
	beacon,
	fileserver: masterTellers.fileserver,
	stats: masterTellers.stats,
	cloud: masterTellers.cloud,
	hook: masterTellers.hook,
	reactors: masterTellers.reactors,
	forward: masterTellers.forward,
	internal: masterTellers.internal,
	custom: masterTellers.custom,
};
