/**
 * Where an event's tag and body lie in bytes somebody else owns. One object is filled anew for each event,
 * so that looking at bytes allocates nothing; whoever is handed one reads it before returning.
 */
export type Bounds = {
	tag: Uint8Array;
	tagStart: number;
	tagEnd: number;
	body: Uint8Array;
	bodyStart: number;
	bodyEnd: number;
};

/** Bounds around a whole tag and a whole body. */
export function boundsOf(tag: Uint8Array, body: Uint8Array): Bounds {
	return { tag, tagStart: 0, tagEnd: tag.length, body, bodyStart: 0, bodyEnd: body.length };
}
