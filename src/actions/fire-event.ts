import { Doubt } from '../core/action.ts';
import type { FireOptions, Outgoing } from '../core/connector.ts';
import { Failure } from '../core/errors.ts';
import type { Tools } from '../core/tools.ts';

/**
 * Fires an event and resolves with what the bus said of it; a transport that confirms nothing says so. Throws a Doubt
 * where a bus that should have confirmed it did not: it may have been heard, and is not to be fired again blindly.
 */
export async function fireEvent(
	{ fire }: Tools,
	{ source, ...options }: FireOptions & { readonly source: string },
	event: Outgoing,
	stop: AbortSignal,
): Promise<string> {
	try {
		return (await fire(source, event, options, stop)).says;
	} catch (thrown) {
		if (!(thrown instanceof Failure) || thrown.code !== 'not-confirmed') throw thrown;
		throw new Doubt(thrown.message, { cause: thrown });
	}
}
