import { isIPv4 } from 'node:net';

/** A way out that stays open: where to, by which protocol, to which port. */
export type Way = {
	readonly address: string;
	readonly protocol: 'tcp' | 'udp';
	readonly port: number;
};

/** What a lockdown leaves open. Everything in it was parsed: no text of anybody's goes into the rules. */
export type Openings = {
	/** From where SSH may come: addresses and networks. */
	readonly ssh: readonly string[];
	readonly sshPort: number;
	readonly keep: readonly Way[];
};

/** The table's family and name, as nft takes them. */
export const lockdownTable = ['inet', 'eventctl_lockdown'] as const;

/**
 * The table as nft reads it. Its chains stand before connection tracking and accept nothing because it was open
 * before: a connection that is not kept goes silent. `create` fails where a lockdown stands already.
 */
export function lockdownRules({ ssh, sshPort, keep }: Openings): string {
	const [ssh4, ssh6] = byFamily(ssh, (network) => network);
	const [keep4, keep6] = byFamily(keep, ({ address }) => address);
	const table = lockdownTable.join(' ');
	return `create table ${table}
table ${table} {
	set ssh4 { type ipv4_addr; flags interval; auto-merge; ${elements(ssh4)}}
	set ssh6 { type ipv6_addr; flags interval; auto-merge; ${elements(ssh6)}}
	set keep4 { type ipv4_addr . inet_proto . inet_service; ${elements(keep4.map(spelled))}}
	set keep6 { type ipv6_addr . inet_proto . inet_service; ${elements(keep6.map(spelled))}}
	chain in_guard {
		type filter hook input priority -300; policy drop;
		iif lo accept
		ip saddr @ssh4 tcp dport ${sshPort} accept
		ip6 saddr @ssh6 tcp dport ${sshPort} accept
		ip saddr . meta l4proto . th sport @keep4 accept
		ip6 saddr . meta l4proto . th sport @keep6 accept
		icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
		counter
	}
	chain out_guard {
		type filter hook output priority -300; policy drop;
		oif lo accept
		ip daddr @ssh4 tcp sport ${sshPort} accept
		ip6 daddr @ssh6 tcp sport ${sshPort} accept
		ip daddr . meta l4proto . th dport @keep4 accept
		ip6 daddr . meta l4proto . th dport @keep6 accept
		icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
		counter
	}
	chain forward_guard {
		type filter hook forward priority -300; policy drop;
		counter
	}
}
`;
}

function byFamily<T>(all: readonly T[], address: (one: T) => string): readonly [T[], T[]] {
	const isFour = (one: T) => isIPv4(address(one).split('/')[0] ?? '');
	return [all.filter(isFour), all.filter((one) => !isFour(one))];
}

function spelled({ address, protocol, port }: Way): string {
	return `${address} . ${protocol} . ${port}`;
}

function elements(all: readonly string[]): string {
	return all.length === 0 ? '' : `elements = { ${all.join(', ')} } `;
}
