import type { Step } from './approval.ts';
import type { Json } from './plan.ts';

/** The text a step's detail holds under a name; undefined for anything else. */
export function textIn({ detail }: Pick<Step, 'detail'>, name: string): string | undefined {
	const value = own(detail, name);
	return typeof value === 'string' ? value : undefined;
}

/** The number a step's detail holds under a name; undefined for anything else. */
export function numberIn({ detail }: Pick<Step, 'detail'>, name: string): number | undefined {
	const value = own(detail, name);
	return typeof value === 'number' ? value : undefined;
}

function own(detail: Step['detail'], name: string): Json | undefined {
	return Object.hasOwn(detail, name) ? detail[name] : undefined;
}
