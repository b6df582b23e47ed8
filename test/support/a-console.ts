import type { FromEngine, ToEngine } from '../../src/core/session.ts';
import type { Effect } from '../../src/state/effect.ts';
import type { Message } from '../../src/state/message.ts';
import type { Model } from '../../src/state/model.ts';
import { newStore } from '../../src/state/store.ts';
import { aModel, anEventRow, someCounts } from './a-model.ts';
import type { ToyEngine } from './toy-engine.ts';

export type TestConsole = {
	readonly model: Model;
	readonly effects: readonly Effect[];
	tell(...messages: readonly Message[]): void;
	/** So many events more; the console gets one window for them. */
	arrive(count: number): void;
	/** From now on the engine's answers wait. */
	hold(): void;
	release(): void;
};

/** A store joined to an engine that answers at once, unless held. */
export function aConsole(engine: ToyEngine, model: Model = aModel()): TestConsole {
	const effects: Effect[] = [];
	const answers: FromEngine[] = [];
	let isHeld = false;
	let isHearing = false;
	const hear = (more: readonly FromEngine[]) => {
		answers.push(...more);
		if (isHeld || isHearing) return;
		isHearing = true;
		for (let next = answers.shift(); next; next = answers.shift()) store.dispatch(next);
		isHearing = false;
	};
	const store = newStore(model, (effect) => {
		effects.push(effect);
		if (effect.type === 'engine') hear(engine.answer(effect.message));
	});
	store.dispatch(someCounts());
	hear(engine.answer(firstView(model)));
	return {
		get model() {
			return store.getModel();
		},
		effects,
		tell: (...messages) => {
			for (const message of messages) store.dispatch(message);
		},
		arrive(count) {
			const last = engine.rows.at(-1)?.seq ?? 0;
			for (let seq = last + 1; seq <= last + count; seq++) engine.rows.push(anEventRow({ seq }));
			hear(engine.window());
		},
		hold() {
			isHeld = true;
		},
		release() {
			isHeld = false;
			hear([]);
		},
	};
}

function firstView({ list, filter }: Model): ToEngine {
	return {
		type: 'view.wanted',
		id: list.view,
		filter: filter.text,
		anchor: list.anchor,
		height: list.height,
		isFolded: list.isFolded,
	};
}
