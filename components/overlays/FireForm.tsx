import { useMemo } from 'react';
import { dataReading } from '../../src/present/data-types.ts';
import { sameAs } from '../../src/present/fire-words.ts';
import { formLines } from '../../src/present/form-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import { grouped } from '../../src/present/number.ts';
import type { Model } from '../../src/state/model.ts';
import { firableSources } from '../../src/state/slices/fire.ts';
import { useKeysOf } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';
import { Panel } from '../primitives/Panel.tsx';

type Properties = { readonly area: Area };

/** Tag, data and bus of an event to be fired, and what the bus said to the last one. */
export function FireForm({ area }: Properties) {
	const model = useWhole();
	const { fire } = model;
	const reading = useMemo(() => dataReading(fire.data.text), [fire.data.text]);
	const keep = useKeysOf('overlay.close');
	const send = useKeysOf('fire.send');
	const lines = formLines(
		{
			...fire,
			...choicesOf(model),
			buses: firableSources(model).map(({ name }) => name),
			bus: fire.source,
			isForwarded: fire.forward,
			reading,
			sameAs: sameAs(fire.tag.text, fire.source ?? 'BUS', fire.forward),
			answer: answerOf(model),
			buttons: [
				{ keys: keep, says: 'keep draft' },
				{ keys: send, says: 'send' },
			],
		},
		area,
	);
	return (
		<Panel area={area}>
			<Lines lines={lines} columns={area.columns} />
		</Panel>
	);
}

function answerOf({ fire: { firing } }: Model) {
	if (firing === undefined) return undefined;
	return firing.answer ?? { tone: 'muted' as const, says: 'sent; the bus has not answered yet' };
}

function choicesOf({ fire }: Model) {
	const completions = fire.completions.map(({ tag, seen }) => ({
		text: tag,
		aside: `seen ${grouped(seen)}×`,
		isBlocked: false,
	}));
	return { completions, picked: fire.picked };
}
