/** Words as one line that a POSIX shell reads back as exactly these words; for eyes and copies, nothing runs it. */
export function shellLine(words: readonly string[]): string {
	return words.map(shellWord).join(' ');
}

/** One word as a POSIX shell reads it back, whatever it holds; quoted only where it must be. */
export function shellWord(word: string): string {
	return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
