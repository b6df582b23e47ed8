import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Delivered } from './post-office.ts';

/** An SMTP server on loopback: it takes every mail and passes it on to the story. */
export class Mailbox {
	readonly #deliver: (message: Delivered) => void;
	readonly #sockets = new Set<Socket>();
	readonly #server = createServer((socket) => void this.#converse(socket));

	constructor(deliver: (message: Delivered) => void) {
		this.#deliver = deliver;
	}

	/** `smtp://127.0.0.1:PORT`. */
	async open(): Promise<string> {
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		const address = this.#server.address();
		if (typeof address !== 'object' || address === null) throw new Error('no port');
		return `smtp://127.0.0.1:${address.port}`;
	}

	async close(): Promise<void> {
		if (!this.#server.listening) return;
		const closed = once(this.#server, 'close');
		this.#server.close();
		for (const socket of this.#sockets) socket.destroy();
		await closed;
	}

	async #converse(socket: Socket): Promise<void> {
		this.#sockets.add(socket);
		socket.on('close', () => this.#sockets.delete(socket));
		socket.on('error', () => socket.destroy());
		socket.write('220 lab ESMTP\r\n');
		const dialogue = new Dialogue(this.#deliver);
		for await (const line of createInterface({ input: socket })) {
			const answer = dialogue.hear(line);
			if (answer !== undefined) socket.write(`${answer}\r\n`);
			if (answer?.startsWith('221')) socket.end();
		}
	}
}

/** One client's conversation. */
class Dialogue {
	readonly #deliver: (message: Delivered) => void;
	#to: string[] = [];
	#letter: string[] | undefined;

	constructor(deliver: (message: Delivered) => void) {
		this.#deliver = deliver;
	}

	/** What is answered to a line; nothing while a letter is read. */
	hear(line: string): string | undefined {
		if (this.#letter) return this.#read(line, this.#letter);
		const verb = line.slice(0, 4).toUpperCase();
		if (verb === 'EHLO') return '250-lab\r\n250 8BITMIME';
		if (verb === 'QUIT') return '221 bye';
		if (verb === 'RCPT') this.#to.push(/<([^>]*)>/.exec(line)?.[1] ?? '');
		if (verb !== 'DATA') return '250 ok';
		this.#letter = [];
		return '354 go on';
	}

	#read(line: string, letter: string[]): string | undefined {
		if (line !== '.') {
			letter.push(line);
			return undefined;
		}
		const subject =
			letter
				.find((header) => /^subject:/i.test(header))
				?.slice(8)
				.trim() ?? '';
		this.#deliver({ medium: 'mail', to: this.#to.join(', '), text: subject });
		this.#to = [];
		this.#letter = undefined;
		return '250 taken';
	}
}
