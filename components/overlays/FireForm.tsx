import { useMemo } from 'react';
import { refusal } from '../../src/commands/command.ts';
import { fireCommandLine } from '../../src/commands/command-line.ts';
import { send } from '../../src/commands/fire.ts';
import { dataReading } from '../../src/present/data-types.ts';
import { type FormFacts, formLines } from '../../src/present/form-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import { grouped } from '../../src/present/number.ts';
import type { Model } from '../../src/state/model.ts';
import { firableSources } from '../../src/state/slices/fire.ts';
import { useKeysOf } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** Tag, data and bus of an event to be fired, and what the bus said to the last one. */
export function FireForm({ area }: Properties) {
	const model = useWhole();
	const { tag, data, at, picked } = model.fire;
	const reading = useMemo(() => dataReading(data.text), [data.text]);
	const buttons = [
		{ keys: useKeysOf('overlay.close'), says: 'keep draft' },
		{ keys: useKeysOf(send.id), says: 'send' },
	];
	const facts: FormFacts = {
		...{ tag, data, at, picked, reading, buttons },
		buses: busesOf(model),
		completions: completionsOf(model),
		waking: wakingOf(model),
		sameAs: fireCommandLine(model.fire),
		answer: answerOf(model),
	};
	return <Page area={area} lines={formLines(facts, area)} />;
}

/** Each bus that can be written to, and once more where it hands on to its master. */
function busesOf(model: Model): FormFacts['buses'] {
	const { source, forward } = model.fire;
	return firableSources(model).flatMap(({ name, canForward }) => [
		{ name, isChosen: name === source && !forward },
		...(canForward ? [{ name: `${name} → master`, isChosen: name === source && forward }] : []),
	]);
}

function completionsOf({ fire }: Model): FormFacts['completions'] {
	return fire.completions.map(({ tag, seen }) => ({ text: tag, aside: `seen ${grouped(seen)}×` }));
}

/** `rule deploy-note (T0) · reactor ops/deploy/* (T2)`, and how far all of it reaches. */
function wakingOf({ fire: { waking } }: Model): FormFacts['waking'] {
	if (!waking) return undefined;
	const { answer } = waking;
	if (!answer) return { says: 'looking what it would wake', tone: 'muted' };
	const wakes = answer.wakes.map(({ says, tier }) => `${says} (T${tier})`);
	const unknown = answer.unknown === undefined ? [] : [answer.unknown];
	const says = [...(wakes.length > 0 ? wakes : ['nothing that is known here']), ...unknown];
	const tier = Math.max(1, answer.tier);
	return { says: `T${tier}: ${says.join(' · ')}`, tone: tier > 1 ? 'warn' : 'plain' };
}

/** What the bus said; before it is asked, why it cannot be. */
function answerOf(model: Model): FormFacts['answer'] {
	const { at, firing } = model.fire;
	if (firing && !firing.answer)
		return { tone: 'muted', says: 'sent; the bus has not answered yet' };
	const reason = at === 'buttons' ? refusal(send, model) : undefined;
	if (reason !== undefined) return { tone: 'warn', says: reason };
	return firing?.answer;
}
