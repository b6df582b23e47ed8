import { readFile } from 'node:fs/promises';
import type { Clock } from '../core/clock.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { HttpTool } from '../core/message-tools.ts';
import type { SaltTool } from '../core/salt-tool.ts';
import { expandHome, type Secret } from '../core/secret.ts';
import { saltApi } from './salt-api.ts';
import { saltCli } from './salt-cli.ts';
import { saltClient } from './salt-client.ts';
import type { Arrivals } from './salt-ear.ts';
import { type ApiSettings, saltSettings } from './salt-settings.ts';
import { runCommand } from './spawn.ts';

export type SaltSetup = {
	readonly clock: Clock;
	readonly settings: Readonly<Record<string, unknown>>;
	readonly http: HttpTool;
	secret(reference: string): Promise<Secret>;
	arrivals: Arrivals;
};

/** Salt as the configuration's `salt:` says: by salt-api where that is named, else by the commands on this machine. */
export async function openSalt(setup: SaltSetup): Promise<SaltTool> {
	const { clock, http } = setup;
	const settings = saltSettings(setup.settings['salt']);
	const door =
		'api' in settings
			? saltApi(await placeOf(settings, setup), http, clock)
			: saltCli(settings, (argv, options, stop) => runCommand(argv, options, stop, clock));
	return saltClient(door, setup.arrivals, clock);
}

async function placeOf(settings: ApiSettings, { secret }: SaltSetup) {
	const { api, ca, token, user, password, eauth } = settings;
	const trusted = ca === undefined ? {} : { ca: await pemIn(ca) };
	if (token !== undefined) return { api, ...trusted, login: { token: await secret(token) } };
	if (user === undefined || password === undefined) {
		throw new Failure('config', 'salt: salt-api needs a token, or a user and a password');
	}
	return { api, ...trusted, login: { user, password: await secret(password), eauth } };
}

async function pemIn(path: string): Promise<string> {
	try {
		return await readFile(expandHome(path), 'utf8');
	} catch (cause) {
		throw new Failure('config', `salt.ca ${path} cannot be read: ${reasonOf(cause)}`, { cause });
	}
}
