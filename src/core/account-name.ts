import { readFile } from 'node:fs/promises';

/** The name of a user or group in the system's list of them, else its number. */
export async function accountName(list: '/etc/passwd' | '/etc/group', id: number): Promise<string> {
	const text = await readFile(list, 'utf8').catch(() => '');
	const line = text.split('\n').find((entry) => entry.split(':')[2] === String(id));
	return line?.split(':')[0] ?? String(id);
}
