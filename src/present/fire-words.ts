/** The command line that fires the same event; its data comes on standard input. */
export function sameAs(tag: string, bus: string, isForwarded: boolean): string {
	const target = isForwarded ? `${bus},forward` : bus;
	return `eventctl fire ${quoted(tag === '' ? 'TAG' : tag)} -f - --bus ${quoted(target)}`;
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
