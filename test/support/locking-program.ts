import { lockdownThatReverts } from '../../src/actions/host-lockdown.ts';
import { openHost } from '../../src/actions/this-host.ts';
import { systemClock } from '../../src/core/clock.ts';
import { aPlan } from './a-run.ts';
import { someTools } from './some-tools.ts';

/** Locks this host down and says so; to be killed while it waits for the confirmation. */
const [host = '', revertMs = ''] = process.argv.slice(2);
const never = new AbortController().signal;
const lockdown = lockdownThatReverts(Number(revertMs));
const tools = someTools({
	run: 'R-0098',
	clock: systemClock,
	host: (name) => openHost(name, process.env),
});
const deed = await lockdown.plan(lockdown.parse({ host }), tools, never);
for await (const told of lockdown.run(aPlan(lockdown, deed), tools, never)) {
	if (told.kind === 'step' && told.step === 3) process.stdout.write('locked\n');
}
