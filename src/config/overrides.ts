import { Failure } from '../core/errors.ts';
import type { Choice, Env, Origin } from './places.ts';

export type Override = { readonly key: string; readonly value: boolean; readonly origin: Origin };

const switches = [
	{ key: 'readOnly', variable: 'EVENTCTL_READ_ONLY', flag: '--read-only' },
	{ key: 'ascii', variable: 'EVENTCTL_ASCII', flag: '--ascii' },
] as const;

/** What the environment and, above it, the flags say instead of the files; throws a Failure for a variable that is no yes or no. */
export function overridesOf(env: Env, choice: Choice): readonly Override[] {
	return switches.flatMap(({ key, variable, flag }): Override[] => {
		const flagged = choice[key];
		if (flagged !== undefined) {
			return [{ key, value: flagged, origin: { layer: 'flag', file: flag } }];
		}
		const said = env[variable];
		if (said === undefined || said === '') return [];
		return [
			{ key, value: yesOrNo(variable, said), origin: { layer: 'environment', file: variable } },
		];
	});
}

function yesOrNo(variable: string, said: string): boolean {
	if (/^(?:1|true|yes|on)$/i.test(said)) return true;
	if (/^(?:0|false|no|off)$/i.test(said)) return false;
	throw new Failure('config', `${variable}=${said}: say 1 or 0`);
}
