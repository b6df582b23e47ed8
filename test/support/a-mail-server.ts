import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { createSecureContext, TLSSocket } from 'node:tls';

export type ReceivedMail = {
	readonly from: string;
	readonly to: readonly string[];
	/** Headers and text as they came, dots unstuffed. */
	readonly data: string;
	readonly login?: string;
	readonly isEncrypted: boolean;
};

export type MailServer = {
	readonly port: number;
	readonly mails: readonly ReceivedMail[];
	/** Each line a client sent outside of mails. */
	readonly commands: readonly string[];
};

export type MailServerShape = {
	/** Offers STARTTLS with this certificate, or with `isSecure` speaks TLS from the first byte. */
	readonly tls?: { readonly cert: string; readonly key: string };
	readonly isSecure?: boolean;
	/** The answer to a recipient, where it is not taken. */
	readonly refuses?: (recipient: string) => string | undefined;
	/** Says nothing once a mail is complete, but calls this. */
	readonly instead?: () => void;
};

/** An SMTP server on loopback that keeps what it was sent, open until the test ends. */
export async function aMailServer(
	t: Pick<TestContext, 'after'>,
	shape: MailServerShape = {},
): Promise<MailServer> {
	const mails: ReceivedMail[] = [];
	const commands: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		const dialogue = new Dialogue(shape, mails, commands);
		dialogue.on(shape.isSecure ? secured(socket, shape) : socket, 'greet');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(async () => {
		const closed = once(server, 'close');
		server.close();
		for (const socket of sockets) socket.destroy();
		await closed;
	});
	const address = server.address();
	return { port: typeof address === 'object' && address ? address.port : 0, mails, commands };
}

function secured(socket: Socket, { tls }: MailServerShape): TLSSocket {
	const secureContext = createSecureContext(tls);
	return new TLSSocket(socket, { isServer: true, secureContext });
}

/** One client's conversation, from its greeting to its QUIT. */
class Dialogue {
	readonly #shape: MailServerShape;
	readonly #mails: ReceivedMail[];
	readonly #commands: string[];
	#socket: Socket | undefined;
	#text = '';
	#from = '';
	#to: string[] = [];
	#data: string[] | undefined;
	#login: string | undefined;

	constructor(shape: MailServerShape, mails: ReceivedMail[], commands: string[]) {
		this.#shape = shape;
		this.#mails = mails;
		this.#commands = commands;
	}

	on(socket: Socket, greeting?: 'greet'): void {
		this.#socket = socket;
		socket.on('error', () => {});
		socket.on('data', (bytes) => this.#hear(bytes.toString()));
		if (greeting) this.#say('220 stand-in ESMTP');
	}

	#hear(text: string): void {
		const lines = (this.#text + text).split('\r\n');
		this.#text = lines.pop() ?? '';
		for (const line of lines) {
			if (this.#data) this.#take(line, this.#data);
			else this.#obey(line);
		}
	}

	#obey(line: string): void {
		this.#commands.push(line);
		const [verb = ''] = line.toUpperCase().split(' ');
		switch (verb) {
			case 'EHLO':
				this.#say(...this.#offers());
				break;
			case 'STARTTLS':
				this.#encrypt();
				break;
			case 'AUTH':
				this.#admit(line);
				break;
			case 'MAIL':
				this.#begin(line);
				break;
			case 'RCPT':
				this.#address(line);
				break;
			case 'DATA':
				this.#data = [];
				this.#say('354 go on');
				break;
			default:
				this.#say(verb === 'QUIT' ? '221 bye' : '250 ok');
		}
	}

	#offers(): string[] {
		const isPlain = !(this.#socket instanceof TLSSocket);
		return [
			'250-stand-in',
			...(isPlain && this.#shape.tls ? ['250-STARTTLS'] : []),
			'250 AUTH PLAIN',
		];
	}

	#encrypt(): void {
		const socket = this.#socket;
		if (!socket) return;
		socket.removeAllListeners('data');
		this.#say('220 go on');
		this.on(secured(socket, this.#shape));
	}

	#admit(line: string): void {
		const [, , given = ''] = line.split(' ');
		this.#login = Buffer.from(given, 'base64').toString().replaceAll('\0', ' ').trim();
		if (this.#login.endsWith('wrong')) this.#say('535 5.7.8 who are you');
		else this.#say('235 welcome');
	}

	#begin(line: string): void {
		this.#from = addressIn(line);
		this.#to = [];
		this.#say('250 ok');
	}

	#address(line: string): void {
		const recipient = addressIn(line);
		const refusal = this.#shape.refuses?.(recipient);
		if (refusal === undefined) this.#to.push(recipient);
		this.#say(refusal ?? '250 ok');
	}

	#take(line: string, data: string[]): void {
		if (line === '.') this.#keep(data);
		else data.push(line.replace(/^\.\./u, '.'));
	}

	#keep(data: readonly string[]): void {
		this.#data = undefined;
		this.#mails.push({
			from: this.#from,
			to: this.#to,
			data: data.join('\n'),
			isEncrypted: this.#socket instanceof TLSSocket,
			...(this.#login !== undefined && { login: this.#login }),
		});
		if (this.#shape.instead) this.#shape.instead();
		else this.#say('250 2.0.0 queued as 4BCDEF');
	}

	#say(...lines: string[]): void {
		this.#socket?.write(`${lines.join('\r\n')}\r\n`);
	}
}

function addressIn(line: string): string {
	return /<(.*)>/u.exec(line)?.[1] ?? '';
}
