import * as z from 'zod';
import { Doubt, Refusal } from '../core/action.ts';
import { type Clock, pause } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { HttpAnswer, HttpTool } from '../core/message-tools.ts';
import type { SaltReturn } from '../core/salt-tool.ts';
import { Secret } from '../core/secret.ts';
import { messageLine } from './message-text.ts';
import { lookupOrder, type SaltDoor } from './salt-door.ts';
import { cachedReturns, saltReturn } from './salt-returns.ts';

const mostBytes = 8 << 20;
const mostWords = 200;
const lookMs = 2000;

export type ApiPlace = {
	readonly api: string;
	/** Authorities to trust, as PEM. */
	readonly ca?: string;
	/** A token that is there already, or who logs in. */
	readonly login:
		| { readonly token: Secret }
		| { readonly user: string; readonly password: Secret; readonly eauth: string };
};

type Low = Readonly<Record<string, unknown>>;

const answer = z.object({ return: z.tuple([z.unknown()], z.unknown()) });
const loggedIn = z.object({ return: z.tuple([z.looseObject({ token: z.string().min(1) })]) });
const started = z.looseObject({ jid: z.string() });

/** Salt by salt-api, from anywhere. A token that ran out is asked for once again. */
export function saltApi(place: ApiPlace, http: HttpTool, clock: Clock): SaltDoor {
	const api = new Api(place, http);
	const runner = (fun: string, kwarg: Low, stop: AbortSignal) =>
		api.call({ client: 'runner', fun, kwarg }, stop);

	return {
		how: `salt-api ${new URL(place.api).origin}`,
		async match(target, targetType, stop) {
			const tgt = targetType === 'list' ? target.split(',') : target;
			const found = await runner('cache.grains', { tgt, tgt_type: targetType }, stop);
			return Object.keys(z.record(z.string(), z.unknown()).parse(found)).sort();
		},
		async publish({ target, targetType, fun, args, kwargs }, stop) {
			const tgt = targetType === 'list' ? target.split(',') : target;
			const low = { client: 'local_async', tgt, tgt_type: targetType, fun, arg: args };
			const data = await api.call({ ...low, kwarg: kwargs }, stop);
			const { jid } = started.safeParse(data).data ?? {};
			if (jid === undefined) throw new Refusal('no minion matched any more: nothing was sent');
			return jid;
		},
		async lookup(jid, stop) {
			const { fun, kwargs } = lookupOrder(jid);
			return cachedReturns(await runner(fun, kwargs, stop));
		},
		async runner({ fun, args, kwargs }, timeoutMs, stop) {
			const low = { client: 'runner_async', fun, arg: args, kwarg: kwargs };
			const { jid } = started.parse(await api.call(low, stop));
			const until = clock.now() + timeoutMs;
			while (clock.now() < until && !stop.aborted) {
				await pause(clock, lookMs, stop);
				const [found] = cachedReturns(await runner('jobs.list_job', { jid }, stop));
				if (found) return asRunner(found);
			}
			throw new Doubt(`${fun} was begun on the master (job ${jid}) and did not end in time`);
		},
	};
}

/** A runner's return names no code: what it is not able to do, it says. */
function asRunner({ data, isGood, retcode }: SaltReturn): SaltReturn {
	const isUnknown =
		typeof data === 'string' && /is not available\.$|^Exception occurred/u.test(data);
	return saltReturn('master', {
		return: data,
		retcode: retcode || (isUnknown ? 254 : 0),
		success: isGood,
	});
}

/** One login's conversation. */
class Api {
	readonly #place: ApiPlace;
	readonly #http: HttpTool;
	#token: Secret | undefined;

	constructor(place: ApiPlace, http: HttpTool) {
		this.#place = place;
		this.#http = http;
	}

	/** The answer to one command; throws a Failure in salt-api's words. */
	async call(low: Low, stop: AbortSignal): Promise<unknown> {
		const first = await this.#ask(low, stop);
		const found = first.status === 401 ? await this.#askAgain(low, stop) : first;
		if (found.status === 200) return dataIn(found);
		throw refusal(found, `${low['fun']}`);
	}

	async #askAgain(low: Low, stop: AbortSignal): Promise<HttpAnswer> {
		if ('token' in this.#place.login) return { status: 401, text: 'the token is not taken' };
		this.#token = undefined;
		return await this.#ask(low, stop);
	}

	async #ask(low: Low, stop: AbortSignal): Promise<HttpAnswer> {
		this.#token ??= await this.#logIn(stop);
		return await this.#post('/', [low], { 'x-auth-token': this.#token }, stop);
	}

	async #logIn(stop: AbortSignal): Promise<Secret> {
		const { login } = this.#place;
		if ('token' in login) return login.token;
		const { user, password, eauth } = login;
		const body = { username: user, password: password.reveal(), eauth };
		const found = await this.#post('/login', body, {}, stop);
		const token = loggedIn.safeParse(jsonIn(found)).data?.return[0].token;
		if (found.status === 200 && token !== undefined) return new Secret(token);
		throw refusal(found, `the login of ${user}`);
	}

	#post(path: string, body: unknown, headers: Readonly<Record<string, Secret>>, stop: AbortSignal) {
		const { api, ca } = this.#place;
		const json = { accept: 'application/json', 'content-type': 'application/json' };
		return this.#http.send(
			{
				method: 'POST',
				url: new URL(path, api).href,
				headers: { ...json, ...headers },
				body: JSON.stringify(body),
				maxBytes: mostBytes,
				...(ca !== undefined && { ca }),
			},
			stop,
		);
	}
}

/** It answers 200 with a sentence to some of what it refuses. */
function dataIn(found: HttpAnswer): unknown {
	const [data] = answer.safeParse(jsonIn(found)).data?.return ?? [];
	const isSentence = typeof data === 'string' && /authenticat|authoriz|permission/iu.test(data);
	if (data === undefined || isSentence) throw refusal(found, 'it');
	return data;
}

function jsonIn({ text }: HttpAnswer): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// A page for people, where salt-api refuses: its words are told instead.
		return undefined;
	}
}

function refusal({ status, text }: HttpAnswer, what: string): Failure {
	const words = text.replace(/<style[\s\S]*?<\/style>|<[^>]*>/gu, ' ').replace(/\s+/gu, ' ');
	const says = messageLine(words.trim(), mostWords);
	return new Failure('denied', `salt-api refuses ${what} (${status}): ${says}`);
}
