import { freemem } from 'node:os';
import type { Config } from '../config/schema.ts';
import { systemClock } from '../core/clock.ts';
import type { Criterion } from '../core/criterion.ts';
import { Engine } from '../engine/engine.ts';
import * as formats from '../formats/registry.ts';
import type { LogLimits } from '../log/event-log.ts';
import type { Planned } from './plan.ts';

const mebibyte = 1 << 20;
const defaultEvents = 1_000_000;

/** The engine for a plan, not started; with `only` nothing else is ever kept. */
export function engineFor({ loaded, sources }: Planned, only?: Criterion): Engine {
	return new Engine({
		sources,
		formats: Object.values(formats),
		limits: limitsOf(loaded.config.buffer),
		clock: systemClock,
		only,
	});
}

/** A million events, or what fits into 512 MiB or a quarter of the free memory. */
function limitsOf({ events, bytes }: Config['buffer']): LogLimits {
	return {
		events: events ?? defaultEvents,
		bytes: bytes ?? Math.max(64 * mebibyte, Math.min(512 * mebibyte, freemem() / 4)),
	};
}
