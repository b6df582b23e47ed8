import * as z from 'zod';
import { parseJson } from '../codec/json.ts';
import { Failure } from '../core/errors.ts';
import type { HostTool } from '../core/host-tool.ts';

/** The tag a locked host wears: which run did it, until when it must be confirmed, and what it was before. */
const markPath = '/run/eventctl/lockdown.json';

const mark = z.object({
	run: z.string(),
	ssh: z.array(z.string()),
	sshPort: z.number(),
	keep: z.array(z.string()),
	/** Milliseconds since the epoch: it goes back then, unless it was confirmed. */
	revertsAt: z.number(),
	fuse: z.discriminatedUnion('kind', [
		z.object({ kind: z.literal('timer'), unit: z.string() }),
		z.object({ kind: z.literal('process'), pid: z.number(), startTime: z.string() }),
	]),
	saved: z.object({ sha256: z.string(), text: z.string().exactOptional() }),
	/** Who was connected by SSH when the rules had come into force; absent until they have. */
	before: z.array(z.string()).optional(),
	/** The login that proved the way in. */
	confirmedBy: z.string().optional(),
});
export type Mark = z.infer<typeof mark>;

export async function readMark(host: HostTool): Promise<Mark | undefined> {
	const text = await host.read(markPath);
	if (text === undefined) return undefined;
	const read = mark.safeParse(parseJson(text));
	if (read.success) return read.data;
	throw new Failure('failed', `${markPath} is not eventctl's own writing: remove it`);
}

export function writeMark(host: HostTool, value: Mark): Promise<void> {
	return host.write(markPath, `${JSON.stringify(value)}\n`);
}

export function removeMark(host: HostTool): Promise<void> {
	return host.write(markPath, undefined);
}
