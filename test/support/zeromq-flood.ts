import { XPublisher } from 'zeromq';

/** Binds ENDPOINT, waits for a subscriber, then publishes COUNT messages of SIZE bytes as fast as it can. */
const [endpoint = '', count = '0', size = '0'] = process.argv.slice(2);
const socket = new XPublisher({ sendHighWaterMark: 0, linger: -1 });
await socket.bind(endpoint);
await socket.receive();
const body = Buffer.alloc(Number(size), 'x');
for (let index = 1; index <= Number(count); index++) await socket.send(body);
socket.close();
