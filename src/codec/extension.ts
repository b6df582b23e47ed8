/** A MessagePack extension: opaque bytes with a type, but for Salt's datetime, whose data is text (`20261121T09:30:15.123456`). */
export type Extension = { readonly $ext: number; readonly data: string | Uint8Array };

/** The extension type under which Salt sends Python's datetime: `N`. */
export const datetimeType = 78;

export function isExtension(value: object): value is Extension {
	if (!('$ext' in value && 'data' in value) || Object.keys(value).length !== 2) return false;
	const { $ext, data } = value;
	const isType = Number.isInteger($ext) && Number($ext) >= -128 && Number($ext) <= 127;
	return isType && (typeof data === 'string' || data instanceof Uint8Array);
}
