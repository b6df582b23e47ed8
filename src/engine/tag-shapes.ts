import { decodeUtf8 } from '../core/utf8.ts';
import type { Slab } from '../log/slab.ts';

/** A job id, a number; a UUID; a hash. */
const id = /^(?:\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-f]*\d)[0-9a-f]{12,})$/i;
/** So many are told apart; what is beyond has the shape of anything. */
const most = 20_000;

/** What stands between the steps of a tag: NATS's dots, everybody else's slashes. */
export function separatorOf(tag: string): '/' | '.' {
	return tag.includes('/') ? '/' : '.';
}

/** A tag without what only machines tell apart: each id is a star. */
function shapeOf(tag: string): string {
	const separator = separatorOf(tag);
	return tag
		.split(separator)
		.map((step) => (id.test(step) ? '*' : step))
		.join(separator);
}

/** The shapes of the log's tags as small numbers; each tag of a slab is looked at once. */
export class TagShapes {
	readonly #names = ['*'];
	readonly #ids = new Map<string, number>([['*', 0]]);
	readonly #bySlab = new WeakMap<Slab, number[]>();

	name(shape: number): string {
		return this.#names[shape] ?? '*';
	}

	of(slab: Slab, tagId: number): number {
		let shapes = this.#bySlab.get(slab);
		if (!shapes) {
			shapes = [];
			this.#bySlab.set(slab, shapes);
		}
		shapes[tagId] ??= this.#intern(shapeOf(decodeUtf8(slab.tags.get(tagId))));
		return shapes[tagId];
	}

	#intern(shape: string): number {
		const known = this.#ids.get(shape);
		if (known !== undefined) return known;
		if (this.#names.length >= most) return 0;
		const added = this.#names.push(shape) - 1;
		this.#ids.set(shape, added);
		return added;
	}
}
