import { Failure, reasonOf, systemCode } from '../../src/core/errors.ts';

const advice: Readonly<Record<string, string>> = {
	ENOENT: 'it is not there (yet)',
	EACCES: 'run as its owner, or join its group',
};

/** Why a file cannot be read, for the operator: `cannot read /var/log/falco.json (EACCES): run as …`. */
export function whyUnreadable(path: string, thrown: unknown): string {
	if (thrown instanceof Failure) return thrown.message;
	const code = systemCode(thrown);
	if (code === undefined) return `cannot read ${path}: ${reasonOf(thrown)}`;
	return `cannot read ${path} (${code}): ${advice[code] ?? reasonOf(thrown)}`;
}
