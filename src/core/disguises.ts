/** Shorter values would take half of every text with them. */
const leastLength = 4;

/** A secret is also looked for line by line: a key in PEM is seldom quoted whole. */
const leastLine = 16;

/** How a secret may stand in a text: as it is, as JSON, URL-encoded, and within base64 at each of its three phases. */
export function disguisesOf(secret: string): readonly string[] {
	const lines = secret.split(/\r?\n/).filter((line) => line.length >= leastLine);
	const values = [secret, ...lines].filter((value) => value.length >= leastLength);
	return values.flatMap((value) => [
		value,
		JSON.stringify(value).slice(1, -1),
		...urlEncoded(value),
		...base64(Buffer.from(value)),
	]);
}

function urlEncoded(value: string): readonly string[] {
	// A half of a surrogate pair cannot be URL-encoded, and no URL can hold it.
	const encoded = encodeURIComponent(value.toWellFormed());
	const lower = encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
	return [encoded, lower, encoded.replaceAll('%20', '+')];
}

/** What of its base64 does not depend on the bytes around it. */
function base64(bytes: Buffer): readonly string[] {
	return [0, 1, 2].flatMap((phase) => {
		const shifted = Buffer.concat([Buffer.alloc(phase), bytes]);
		const whole = Math.floor((shifted.length * 8) / 6);
		const steady = [shifted.toString('base64'), shifted.toString('base64url')];
		return steady
			.map((text) => text.slice(Math.ceil((phase * 8) / 6), whole))
			.filter((text) => text.length >= leastLength);
	});
}
