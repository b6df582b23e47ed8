import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The checkout's folder, from the compiled tests' place. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The bytes of a file under test/: `testFile('recordings/falco.jsonl')`. */
export function testFile(path: string): Buffer {
	return readFileSync(`${root}test/${path}`);
}
