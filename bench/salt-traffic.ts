import { encode } from '@msgpack/msgpack';

/** A job return as a master sends it: a distinct job id, about `bytes` bytes of body. */
export function jobReturn(
	at: number,
	bytes = 400,
): { readonly tag: string; readonly body: Uint8Array } {
	const jid = `20261121${String(at).padStart(12, '0')}`;
	const host = `web-${String(at % 50).padStart(2, '0')}`;
	const tag = `salt/job/${jid}/ret/${host}`;
	const fixed = {
		cmd: '_return',
		id: host,
		success: at % 97 !== 0,
		return: '',
		retcode: at % 97 === 0 ? 1 : 0,
		jid,
		fun: at % 5 === 0 ? 'state.apply' : 'cmd.run',
		fun_args: ['uptime'],
		user: 'root',
		_stamp: '2026-11-21T09:30:06.380408',
		ts: 1795253406,
	};
	const filler = Math.max(0, bytes - encode(fixed).length);
	return { tag, body: encode({ ...fixed, return: `load ${at % 1000} `.padEnd(filler, '.') }) };
}

/** A frame of the bus as 3007 and 3008 send it: a bare msgpack map of head and body. */
function busFrame(at: number, bytes = 400): Buffer {
	const { tag, body } = jobReturn(at, bytes);
	const inner = Buffer.concat([Buffer.from(`${tag}\n\n`), body]);
	return Buffer.from(encode({ head: {}, body: inner }));
}

/** Many frames back to back, the first one the job numbered `from`. */
export function busBytes(count: number, bytes = 400, from = 0): Buffer {
	return Buffer.concat(Array.from({ length: count }, (_, at) => busFrame(from + at, bytes)));
}
