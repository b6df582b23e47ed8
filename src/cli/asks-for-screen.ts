import type { Io } from './io.ts';
import { verbs } from './verbs.ts';

const screens = new Set(['demo']);
const noScreen = ['help', '--help', '-h', '--version'];

/**
 * Whether words, at first sight, ask for the screen: then its engine can load while they are read. A word of a filter
 * that is also a verb's name only costs that head start.
 */
export function asksForScreen(
	words: readonly string[],
	stdout: Pick<Io['stdout'], 'isTTY'>,
): boolean {
	const names = verbs.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
	const others = new Set([...names.filter((name) => !screens.has(name)), ...noScreen]);
	return stdout.isTTY === true && !words.some((word) => others.has(word));
}
