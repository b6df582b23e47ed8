const text = 'Notice A shell was spawned in a container with an attached terminal'.padEnd(190, '.');

/** One Falco event of 400 bytes as the server sends it to subscription 1. */
export function busLine(index: number): string {
	const rule = `rule_${index % 50}`;
	const body = JSON.stringify({
		time: '2026-11-21T10:00:00.123456789Z',
		rule,
		priority: 'Notice',
		source: 'syscall',
		hostname: `web${index % 20}`,
		output: text,
		output_fields: { 'proc.name': 'sh', 'user.name': 'root' },
	}).padEnd(400);
	return `MSG falco.notice.${rule} 1 ${body.length}\r\n${body}\r\n`;
}
