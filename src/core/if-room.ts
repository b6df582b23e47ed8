/** What is made, or undefined where the system gives no memory for it: `ulimit -v` refuses WebAssembly its addresses. */
export function ifRoom<Made>(make: () => Made): Made | undefined {
	try {
		return make();
	} catch (thrown) {
		if (thrown instanceof RangeError) return undefined;
		throw thrown;
	}
}
