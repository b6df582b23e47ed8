import type { Criterion, Decoded } from '../core/criterion.ts';
import { occursIn } from './occurs.ts';

/** Whether a criterion holds for one decoded event, away from the log and its columns. */
export function holds(criterion: Criterion, event: Decoded): boolean {
	switch (criterion.kind) {
		case 'all':
			return true;
		case 'none':
			return false;
		case 'and':
			return criterion.parts.every((part) => holds(part, event));
		case 'or':
			return criterion.parts.some((part) => holds(part, event));
		case 'not':
			return !holds(criterion.part, event);
		case 'source':
			return criterion.test(event.source);
		case 'format':
			return criterion.test(event.format);
		case 'row':
			return criterion.test(event.kind);
		case 'severity':
			return criterion.test(event.severity);
		case 'time':
			return (
				event.time >= (criterion.from ?? event.time) &&
				event.time <= (criterion.until ?? event.time)
			);
		case 'tag':
			return (event.isTransportTag || !criterion.transportOnly) && criterion.test(event.tag);
		case 'host':
			return event.facts.host !== undefined && criterion.test(event.facts.host);
		case 'literal':
			return occursIn(criterion, event.tag, event.body);
		case 'text':
			return criterion.test(event.tag) || criterion.test(new TextDecoder().decode(event.body));
		case 'decoded':
			return criterion.test(event);
	}
}
