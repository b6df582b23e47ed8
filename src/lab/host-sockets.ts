import { endianness } from 'node:os';
import type { SshLogin } from '../core/host-tool.ts';

type End = { readonly address: string; readonly port: number };
type Connection = { readonly local: End; readonly peer: End };

const bastion = '10.0.0.4';
const sshPort = 22;
const firstLogin = 50_122;

/** The connections of a host of the lab, as `ss` and `/proc/net/tcp` show them. */
export class HostSockets {
	readonly #address: string;
	#connections: readonly Connection[];
	#lastLogin = firstLogin;

	constructor(address: string) {
		this.#address = address;
		this.#connections = [
			this.#to(sshPort, bastion, firstLogin),
			this.#to(41_500, '10.0.0.2', 4505),
			this.#to(41_501, '10.0.0.2', 4506),
			this.#to(43_210, '203.0.113.7', 4444),
			this.#to(443, '10.0.7.31', 55_012),
		];
	}

	/** What `ss` says; with `-K` the connections that are named end. */
	ss(words: readonly string[]): string {
		if (words[0] === '-K') {
			const named = namedIn(words);
			this.#connections = this.#connections.filter((one) => !named.has(pairText(one)));
			return '';
		}
		const header = words[0]?.includes('H')
			? ''
			: 'State  Recv-Q Send-Q Local Address:Port Peer Address:Port\n';
		if (words[0]?.includes('l')) return `${header}LISTEN 0 128 0.0.0.0:${sshPort} 0.0.0.0:*\n`;
		return header + this.#connections.map(ssLine).join('');
	}

	/** Addresses are hexadecimal words in the machine's byte order. */
	tcpTable(): string {
		const lines = this.#connections.map(
			({ local, peer }, at) => ` ${at}: ${hex(local)} ${hex(peer)} 01\n`,
		);
		return `  sl  local_address rem_address   st\n${lines.join('')}`;
	}

	login(): SshLogin {
		return { peer: bastion, peerPort: this.#lastLogin, port: sshPort };
	}

	/** One more login from the bastion. */
	logIn(): SshLogin {
		this.#lastLogin += 1;
		this.#connections = [...this.#connections, this.#to(sshPort, bastion, this.#lastLogin)];
		return this.login();
	}

	#to(port: number, peer: string, peerPort: number): Connection {
		return { local: { address: this.#address, port }, peer: { address: peer, port: peerPort } };
	}
}

/** The connections in a filter of the form `( src A and dst B ) or ( … )`. */
function namedIn(words: readonly string[]): ReadonlySet<string> {
	const after = (word: string) =>
		words.flatMap((one, at) => (one === word ? [words[at + 1] ?? ''] : []));
	const peers = after('dst');
	return new Set(after('src').map((local, at) => `${local} ${peers[at]}`));
}

function ssLine(connection: Connection): string {
	return `ESTAB 0 0 ${pairText(connection)}\n`;
}

function pairText({ local, peer }: Connection): string {
	return `${local.address}:${local.port} ${peer.address}:${peer.port}`;
}

function hex({ address, port }: End): string {
	const bytes = Buffer.from(address.split('.').map(Number));
	if (endianness() === 'LE') bytes.swap32();
	return `${bytes.toString('hex')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}
