import type { Step } from '../core/approval.ts';
import type { Redact } from '../core/redact.ts';

/** The step as it may be written down. */
export function redactedStep(step: Step, redact: Redact): Step {
	const { id, name, from } = step.actor;
	const hint = from === undefined ? {} : { from: redact.text(from) };
	const actor = { id, name: redact.text(name), ...hint };
	return { ...step, actor, detail: redact.object(step.detail) };
}
