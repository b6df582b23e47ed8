/** A way into data: names and positions. */
export type Path = readonly (string | number)[];

/** What a template may read: the value at a path that begins with one of its names; undefined where there is none. */
export type Lookup = (path: Path) => unknown;

/** The value at a path below `value`: own properties and list positions only, hence never a function's or a prototype's. */
export function valueAt(value: unknown, path: Path): unknown {
	return path.reduce(childOf, value);
}

function childOf(value: unknown, step: string | number): unknown {
	if (Array.isArray(value)) return typeof step === 'number' ? value.at(step) : undefined;
	if (value instanceof Map) return value.get(step);
	if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined;
	return Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined;
}

/** The path as a person writes it: `fields["k8s.pod.name"]`, `data.list[0]`. */
export function printPath([root, ...rest]: Path): string {
	return rest.reduce<string>((text, step) => {
		if (typeof step === 'string' && /^\w+$/u.test(step)) return `${text}.${step}`;
		return `${text}[${JSON.stringify(step)}]`;
	}, String(root));
}
