import { once } from 'node:events';
import { connect } from 'node:net';
import { framed } from '../../connectors/wire/frames.ts';
import { writeEnvelope } from '../../connectors/wire/salt-envelope.ts';
import { encodeMsgpack } from '../../src/codec/msgpack.ts';

/** Writes `count` events of `size` bytes into a pull socket that expects lengths, as fast as it takes them: PATH COUNT SIZE. */
const [path = '', count = '0', size = '0'] = process.argv.slice(2);
const body = encodeMsgpack({
	text: 'x'.repeat(Number(size)),
	_stamp: '2026-11-21T09:30:15.123456',
});
const frame = framed(writeEnvelope(Buffer.from('flood/event'), body), 'length');
const socket = connect(path);
for (let written = 0; written < Number(count); written += 1) {
	if (!socket.write(frame)) await once(socket, 'drain');
}
socket.end();
