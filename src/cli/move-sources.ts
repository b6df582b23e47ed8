import type { ReadySource } from '../config/sources.ts';
import type { Engine } from '../engine/engine.ts';

/** The engine's side of it. */
export type Movable = Pick<Engine, 'openSource' | 'reopenSource' | 'closeSource'>;

/** Opens what is new, closes what is gone and opens anew what changed; what stayed the same is not touched. Says what it did. */
export async function moveSources(
	engine: Movable,
	before: readonly ReadySource[],
	now: readonly ReadySource[],
): Promise<readonly string[]> {
	const done: string[] = [];
	for (const { name } of before) {
		if (now.some((source) => source.name === name)) continue;
		await engine.closeSource(name);
		done.push(`${name} closed`);
	}
	for (const source of now) {
		const known = before.find(({ name }) => name === source.name);
		if (known && isSame(known, source)) continue;
		if (known) await engine.reopenSource(source);
		else engine.openSource(source);
		done.push(`${source.name} opened${known ? ' anew' : ''}`);
	}
	return done;
}

function isSame(one: ReadySource, other: ReadySource): boolean {
	const said = ({ raw, keys }: ReadySource) => JSON.stringify([raw, keys]);
	return one.connector === other.connector && said(one) === said(other);
}
