import { Denial, Refusal } from '../core/action.ts';
import { Failure, failures } from '../core/errors.ts';
import { KubeError } from '../core/kube-tool.ts';

/** The exit code for what ended a verb: a deed that was refused before it began is no defect of ours. */
export function exitCodeOf(thrown: unknown): number {
	if (thrown instanceof Failure) return failures[thrown.code].exit;
	if (thrown instanceof Denial || isForbidden(thrown)) return failures.denied.exit;
	if (thrown instanceof Refusal) return failures.refused.exit;
	return failures.internal.exit;
}

/** A cluster that does not know who asks, or does not let them. */
function isForbidden(thrown: unknown): boolean {
	return thrown instanceof KubeError && (thrown.status === 401 || thrown.status === 403);
}
