import { createServer, type Socket } from 'node:net';
import { busLine } from './nats-traffic.ts';

/** Stands in for a NATS server that is never the slower one: sends COUNT events to each subscription, in 1,000s. */
const count = Number(process.argv[2]);
const thousand = Buffer.from(Array.from({ length: 1000 }, (_, index) => busLine(index)).join(''));
const info = {
	server_id: 'bench',
	version: '2.11.0',
	proto: 1,
	headers: true,
	max_payload: 1 << 20,
};

function flood(socket: Socket): void {
	let left = count / 1000;
	const go = () => {
		while (left > 0) {
			left--;
			if (!socket.write(thousand)) return void socket.once('drain', go);
		}
	};
	go();
}

const server = createServer((socket) => {
	socket.on('error', () => socket.destroy());
	socket.write(`INFO ${JSON.stringify(info)}\r\n`);
	socket.on('data', (chunk) => {
		const said = chunk.toString();
		if (said.includes('PING')) socket.write('PONG\r\n');
		if (said.includes('SUB ')) flood(socket);
	});
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('disconnect', () => process.exit(0));
