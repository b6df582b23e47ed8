import type { Chance } from './chance.ts';

/** A host of the lab as it stands now. What happens to it shows in the events that follow. */
export type Host = {
	/** Its minion's id, and its node's name where it has one. */
	readonly id: string;
	readonly address: string;
	/** Whether its minion answers. */
	isUp: boolean;
	/** Whether nothing but the operator's own way in is let through. */
	isLocked: boolean;
	/** What the load drifts to. */
	usualLoad: number;
	load: number;
	/** Per cent. */
	memory: number;
	disk: number;
};

export type Hosts = Readonly<Record<'web12' | 'web7' | 'db3' | 'web99', Host>>;

export function labHosts(): Hosts {
	return {
		web12: aHost('web12', '10.0.12.12', 0.8, 41, 58),
		web7: aHost('web7', '10.0.12.7', 0.6, 38, 84),
		db3: aHost('db3', '10.0.20.3', 2.1, 72, 66),
		web99: aHost('web99', '10.0.12.99', 0.2, 22, 31),
	};
}

/** A moment later: its load nearer to what is usual, and a little of everything else. */
export function drift(host: Host, chance: Chance): void {
	host.load = Math.max(
		0,
		host.load + (host.usualLoad - host.load) * 0.2 + chance.between(-0.2, 0.2),
	);
	host.memory = Math.min(99, Math.max(5, host.memory + chance.between(-0.8, 0.8)));
	host.disk = Math.min(99, Math.max(5, host.disk + chance.between(-0.05, 0.06)));
}

function aHost(id: string, address: string, load: number, memory: number, disk: number): Host {
	return { id, address, isUp: true, isLocked: false, usualLoad: load, load, memory, disk };
}
