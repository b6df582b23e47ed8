import { connect } from 'nats';

/** Publishes `count` events of `size` bytes as fast as the server takes them: URL SUBJECT COUNT SIZE. */
const [url = '', subject = '', count = '0', size = '0'] = process.argv.slice(2);
const connection = await connect({ servers: url });
const body = Buffer.alloc(Number(size), 'x');
for (let index = 1; index <= Number(count); index++) {
	connection.publish(subject, body);
	if (index % 1000 === 0) await connection.flush();
}
await connection.drain();
