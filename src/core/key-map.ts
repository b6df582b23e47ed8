/**
 * Where the JSON of one source says what others say under the usual keys: names of members, or paths with dots, the
 * best one first.
 */
export type KeyMap = {
	readonly severity?: readonly string[] | undefined;
	readonly time?: readonly string[] | undefined;
	readonly host?: readonly string[] | undefined;
	readonly tag?: readonly string[] | undefined;
	readonly message?: readonly string[] | undefined;
};
