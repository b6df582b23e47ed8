const perLine = 16;

/** Bytes as `offset  hex  text`, sixteen a line; what is not printable ASCII is a dot. */
export function hexDump(bytes: Uint8Array): string {
	const lines: string[] = [];
	for (let offset = 0; offset < bytes.length; offset += perLine) {
		lines.push(dumpLine(offset, Buffer.from(bytes.subarray(offset, offset + perLine))));
	}
	return lines.join('\n');
}

function dumpLine(offset: number, bytes: Buffer): string {
	const hex = bytes
		.toString('hex')
		.replace(/../g, '$& ')
		.padEnd(perLine * 3);
	const text = bytes.toString('latin1').replace(/[^ -~]/g, '.');
	return `${offset.toString(16).padStart(6, '0')}  ${hex} ${text}`;
}
