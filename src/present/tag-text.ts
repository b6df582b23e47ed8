/** A Salt job id: year to microsecond; minute and second are what tells two of them apart on a screen. */
const JOB_ID = /(?<!\d)\d{10}(\d{4})\d{6}(?!\d)/g;
const UUID = /\b([0-9a-f]{4})[0-9a-f]{4}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
const HASH = /\b([0-9a-f]{4})[0-9a-f]{12,}\b/gi;

/**
 * A tag as a list shows it: `…/job/…0602/ret/web12`. What the source's column says already is left out,
 * ids shrink to the part that tells them apart. Filters read the whole tag, never this.
 */
export function shortTag(tag: string, format: string): string {
	return withoutFormat(tag, format)
		.replace(JOB_ID, '…$1')
		.replace(UUID, '$1…')
		.replace(HASH, (hash, head) => (/\d/.test(hash) ? `${head}…` : hash));
}

function withoutFormat(tag: string, format: string): string {
	if (!tag.startsWith(`${format}/`)) return tag;
	const rest = tag.slice(format.length + 1);
	return rest.includes('/') ? `…/${rest}` : rest;
}
