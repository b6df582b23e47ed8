import type { Outgoing } from '../core/connector.ts';
import type { TagCount } from '../core/session.ts';
import type { Tier } from '../core/tier.ts';
import type { Field } from './field.ts';

export const fireStops = ['tag', 'data', 'bus', 'buttons'] as const;

export type FireStop = (typeof fireStops)[number];

/** A fire that was sent and what became of it. */
type Firing = {
	readonly id: number;
	readonly source: string;
	readonly event: Outgoing;
	readonly forward: boolean;
	readonly answer?: { readonly tone: 'good' | 'warn' | 'bad'; readonly says: string };
};

type Waking = {
	readonly wakes: readonly { readonly says: string; readonly tier: Tier }[];
	readonly tier: Tier;
	/** What could not be looked at. */
	readonly unknown?: string;
};

/** The fire form's draft; it outlives the form. */
export type FireState = {
	readonly tag: Field;
	/** YAML or JSON. */
	readonly data: Field;
	/** The target bus: a source's name. */
	readonly source?: string;
	readonly forward: boolean;
	readonly at: FireStop;
	/** Tags seen that the typed one may become. */
	readonly completions: readonly TagCount[];
	readonly picked: number;
	/** What it would wake, asked for when the fields are left; `answer` once the engine knows. */
	readonly waking?: { readonly request: number; readonly answer?: Waking };
	readonly firing?: Firing;
};
