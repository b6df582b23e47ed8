import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Model } from '../../src/state/model.ts';
import type { Store } from '../../src/state/store.ts';

export const StoreContext = createContext<Store | undefined>(undefined);

/** A part of the model, painted anew when it changes: `select` returns what stands in the model, never something made. */
export function useModel<Part>(select: (model: Model) => Part): Part {
	const store = useContext(StoreContext);
	if (store === undefined) throw new Error('a panel stands outside the store');
	return useSyncExternalStore(store.subscribe, () => select(store.getModel()));
}

/** All of the model, for a line or two that depend on much of it. */
export function useWhole(): Model {
	return useModel(whole);
}

function whole(model: Model): Model {
	return model;
}
