import { MemoryStore } from '../../src/store/memory.ts';
import { conforms } from './conformance.ts';

conforms('memory', async (t, redactor) => {
	const store = new MemoryStore(redactor);
	t.after(() => store.close());
	return store;
});
