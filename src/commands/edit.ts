import { parseYaml, printYaml } from '../codec/yaml.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { JsonObject } from '../core/plan.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { typedParams } from './typed-params.ts';

type Edit = Extract<Model['overlays'][number], { kind: 'edit' }>;

/** Parameters as the edit form shows them. */
export function paramsText(params: JsonObject): string {
	return printYaml(params).trimEnd();
}

/** Why the typed parameters cannot be proposed. */
export function whyNoProposal({ at, params }: Edit): string | undefined {
	if (at !== 'buttons') return 'leave the field first';
	try {
		typedParams(parseYaml(params.text));
		return undefined;
	} catch (thrown) {
		if (thrown instanceof Failure) return reasonOf(thrown);
		throw thrown;
	}
}

export function proposal({ approval, params }: Edit): readonly Message[] {
	return [{ type: 'edit.sent', approval, params: typedParams(parseYaml(params.text)) }];
}
