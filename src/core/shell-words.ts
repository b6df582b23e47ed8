/** Words as one line that a POSIX shell reads back as exactly these words; for eyes and copies, nothing runs it. */
export function shellLine(words: readonly string[]): string {
	return words.map(quoted).join(' ');
}

function quoted(word: string): string {
	return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
