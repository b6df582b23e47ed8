import * as registry from '../actions/registry.ts';
import { toolBox } from '../actions/tools.ts';
import type { Loaded } from '../config/load.ts';
import { placeOf } from '../config/places.ts';
import type { Action } from '../core/action.ts';
import { systemClock } from '../core/clock.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import { Redactor } from '../core/redact.ts';
import type { Tools } from '../core/tools.ts';
import { arrivals } from '../engine/arrivals.ts';
import { Catalog } from '../engine/catalog.ts';
import { Desk } from '../engine/desk.ts';
import type { Engine } from '../engine/engine.ts';
import { Respond } from '../engine/respond.ts';
import { regexReplacer } from '../filter/regex.ts';
import { Backtest } from '../rules/backtest.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { openStore } from '../store/open.ts';
import type { Planned } from './plan.ts';
import { bindingsOf, policyOf, raisedTiers } from './respond-settings.ts';
import { saltReactors } from './salt-reactors.ts';
import type { Wanted } from './wanted.ts';
import { executorName, isGone, whoIsHere } from './who.ts';

/** All actions that can be asked for with this configuration. */
export function catalogFor({ config }: Loaded): Catalog {
	const actions: readonly Action[] = Object.values(registry);
	return new Catalog({ actions, bindings: bindingsOf(config), tiers: raisedTiers(config) });
}

/** Rules, approvals and runs for an engine, not started. Rejects where the store cannot be opened. */
export async function deskFor(engine: Engine, planned: Planned, wanted: Wanted): Promise<Desk> {
	const { loaded, sources } = planned;
	const { config } = loaded;
	const redact = redactorFor(loaded);
	const tools = toolBox({
		clock: systemClock,
		env: wanted.env,
		settings: { host: config.host, hosts: config.hosts },
		fire: (source, event) => engine.fire(source, [event], {}),
		arrivals: (filter, stop) => arrivals(engine, filter, stop),
	});
	const catalog = catalogFor(loaded);
	const respond = new Respond({
		store: await openStore(config.store, wanted.env, { clock: systemClock, redact }),
		redact,
		catalog,
		policy: policyOf(config),
		tools: (run, operator) => learning(tools(run, operator), redact),
		clock: systemClock,
		operator: whoIsHere(wanted.env).actor,
		executor: executorName(),
		isGone,
		globals: globalsOf(wanted),
	});
	const { book } = compileRules([], namesOf(catalog), systemClock.now(), {
		causeOf: (event) => respond.causes.of(event),
	});
	const isSalt = (name: string) =>
		sources.some((source) => source.name === name && source.connector.kind === 'salt');
	return new Desk({
		engine,
		respond,
		rules: book,
		backtest: (rule) => Backtest.of(book, rule),
		reactors: async (source) => (isSalt(source) ? saltReactors() : []),
	});
}

/** What is hidden wherever something is written; a pattern that cannot be read is a Failure. */
function redactorFor({ config, origins }: Loaded): Redactor {
	const { paths, patterns } = config.redact;
	try {
		return new Redactor({ paths, patterns: patterns.map((text) => regexReplacer(text, '***')) });
	} catch (cause) {
		const origin = origins.get('redact');
		const where = origin ? placeOf(origin) : 'the configuration';
		throw new Failure('config', `${where}: redact.patterns: ${reasonOf(cause)}`, { cause });
	}
}

/** The tools of a run, whose secrets are known from then on wherever something is written. */
function learning(tools: Tools, redact: Redactor): Tools {
	return {
		...tools,
		async secret(reference) {
			const secret = await tools.secret(reference);
			redact.learn(secret.reveal());
			return secret;
		},
	};
}

function namesOf(catalog: Catalog) {
	const names = catalog.entries.map(({ name }) => name);
	return { actions: names, destinations: names, playbooks: [] };
}

/** What a command line must repeat to mean the same configuration. */
function globalsOf({ options }: Wanted): readonly string[] {
	const { profile, config } = options;
	return [...(profile ? ['--profile', profile] : []), ...(config ? ['--config', config] : [])];
}
