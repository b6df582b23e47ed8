import { toolBox } from '../actions/tools.ts';
import type { Loaded } from '../config/load.ts';
import { placeOf } from '../config/places.ts';
import { systemClock } from '../core/clock.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import { problemText } from '../core/file-problem.ts';
import { Redactor } from '../core/redact.ts';
import type { Tools } from '../core/tools.ts';
import { arrivals } from '../engine/arrivals.ts';
import { Desk } from '../engine/desk.ts';
import type { Engine } from '../engine/engine.ts';
import { Respond } from '../engine/respond.ts';
import type { Waking } from '../engine/waking.ts';
import { regexReplacer } from '../filter/regex.ts';
import { Backtest } from '../rules/backtest.ts';
import { openStore } from '../store/open.ts';
import { builtIn, catalogFor } from './catalog.ts';
import { labHostOf } from './lab-hosts.ts';
import type { Planned } from './plan.ts';
import { policyOf } from './respond-settings.ts';
import { RulesAtWork } from './rules-at-work.ts';
import { type RulesInForce, rulesInForce } from './rules-in-force.ts';
import { wakingFor } from './waking.ts';
import { globalsOf, type Wanted } from './wanted.ts';
import { watchRules } from './watch-rules.ts';
import { executorName, isGone, whoIsHere } from './who.ts';

/** Approvals and runs, the rules that may ask for them, and what a fire would wake. */
export type Responding = {
	readonly respond: Respond;
	readonly rules: RulesAtWork;
	readonly waking: Waking;
};

/** Approvals and runs for an engine, not started. Rejects where the store cannot be opened. */
export async function respondFor(
	engine: Engine,
	planned: Planned,
	wanted: Wanted,
): Promise<Responding> {
	const { loaded } = planned;
	const { config } = loaded;
	const redact = redactorFor(loaded);
	const { actor, isLoggedIn } = whoIsHere(wanted.env);
	// Rules ask for the cause of an event only once there are events, and by then there is who knows it.
	const load = () =>
		rulesInForce(loaded, wanted.env, systemClock.now(), {
			causeOf: (event) => respond.causes.of(event),
		});
	const rules = new RulesAtWork(await load(), load);
	const catalog = catalogFor(loaded, rules.now.playbooks);
	const book = () => rules.now.book;
	const saltConfig = config.salt.config;
	const waking = wakingFor({ engine, catalog, book, saltConfig, now: systemClock.now });
	const tools = toolBox({
		clock: systemClock,
		env: wanted.env,
		settings: config,
		hostOf: (name) => labHostOf(config.hosts[name], name),
		fire: (source, event, options) => engine.fire(source, [event], options),
		wakes: (source, { tag, data }) => waking.of({ source, tag, data }),
		arrivals: (filter, stop) => arrivals(engine, filter, stop),
	});
	const respond = new Respond({
		store: await openStore(config.store, wanted.env, { clock: systemClock, redact }),
		redact,
		catalog,
		policy: policyOf(config),
		tools: (run, operator) => learning(tools(run, operator), redact),
		clock: systemClock,
		operator: actor,
		tellsPeopleApart: isLoggedIn,
		executor: executorName(),
		isGone,
		globals: globalsOf(wanted.options),
	});
	return { respond, rules, waking };
}

/** All that reacts to an engine's events, not started. */
export async function deskFor(engine: Engine, planned: Planned, wanted: Wanted): Promise<Desk> {
	const { respond, rules, waking } = await respondFor(engine, planned, wanted);
	const { book } = rules.now;
	const desk = new Desk({
		engine,
		respond,
		rules: book,
		backtest: (rule) => Backtest.of(rules.now.book, rule),
		waking,
	});
	const onRules = (changed: RulesInForce) => {
		rules.replace(changed);
		respond.setup.catalog.reload([...builtIn, ...changed.playbooks]);
		desk.reactor.reload(changed.book);
		respond.notice('good', `the rules were read anew: ${changed.book.rules.length} are at work`);
	};
	tellProblems(rules.now, respond);
	const onTrouble = (says: string) => respond.notice('bad', says);
	const { load, now: first } = rules;
	void watchRules({ load, first, clock: systemClock, onRules, onTrouble }, respond.stopped);
	return desk;
}

/** A rule that is wrong is told, and the others are at work. */
function tellProblems({ problems }: RulesInForce, respond: Respond): void {
	const errors = problems.filter(({ isWarning }) => !isWarning);
	const [first] = errors;
	if (!first) return;
	const more = errors.length > 1 ? `; and ${errors.length - 1} more: eventctl check` : '';
	respond.notice('bad', `${problemText(first)}${more}`);
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
