import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { busBytes } from './salt-traffic.ts';

/**
 * Stands in for a bus that is never the slower one: at `go` it writes COUNT frames into PATH at full speed, and
 * after that RATE a second until its parent ends it.
 */
const [path = '', count = '0', rate = '0'] = process.argv.slice(2);
/** Frames made beforehand, each another job's; then they come again. */
const made = 100_000;
const perBlock = 1000;
const blocks = Array.from({ length: made / perBlock }, (_, at) =>
	busBytes(perBlock, 400, at * perBlock),
);
const everyMs = 10;
const part = busBytes((Number(rate) * everyMs) / 1000, 400, made);

async function flood(socket: Socket): Promise<void> {
	for (let at = 0; at < Number(count) / perBlock; at++) {
		if (!socket.write(blocks[at % blocks.length] ?? '')) await once(socket, 'drain');
	}
	process.send?.('sent');
	if (Number(rate) > 0) setInterval(() => socket.write(part), everyMs);
}

const server = createServer((socket) => {
	socket.on('error', () => process.exit(0));
	process.once('message', () => void flood(socket));
});
server.listen(path, () => process.send?.('listening'));
process.on('disconnect', () => process.exit(0));
