const nobody = 65534;

/** Runs `deed` as somebody whom the permissions of files bind: root becomes nobody, all others stay. */
export async function asNobody<T>(deed: () => Promise<T>): Promise<T> {
	if (process.geteuid?.() !== 0) return deed();
	const groups = process.getgroups?.() ?? [];
	process.setgroups?.([nobody]);
	process.setegid?.(nobody);
	process.seteuid?.(nobody);
	try {
		return await deed();
	} finally {
		process.seteuid?.(0);
		process.setegid?.(0);
		process.setgroups?.(groups);
	}
}
