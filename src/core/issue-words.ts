/** What a schema's issue tells; zod's fit. */
export type Issue = {
	readonly code: string;
	readonly message: string;
	readonly expected?: string;
	readonly values?: readonly unknown[];
	readonly minimum?: number | bigint;
	readonly maximum?: number | bigint;
	/** Whether the limit itself fits. */
	readonly inclusive?: boolean;
	/** By alternative, where none of several fits. */
	readonly errors?: readonly (readonly Issue[])[];
};

const kinds: Readonly<Record<string, string>> = {
	string: 'a text',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	object: 'a map',
	record: 'a map',
	array: 'a list',
};

/** What is wrong, as the second half of a sentence that begins with the setting's name: `is at least 1`. */
export function issueWords(issue: Issue): string {
	const { code, message, expected = '', values = [], minimum, maximum, errors } = issue;
	const isWithin = issue.inclusive ?? true;
	switch (code) {
		case 'invalid_type':
			if (message.endsWith('received undefined')) return 'is missing';
			return expected in kinds ? `is ${kinds[expected]}` : message;
		case 'invalid_value':
			return values.length === 1 ? `is ${values[0]}` : `is one of ${values.join(', ')}`;
		case 'too_small':
			if (expectsCount(issue)) return 'is empty';
			return isWithin ? `is at least ${minimum}` : `is more than ${minimum}`;
		case 'too_big':
			if (expectsCount(issue)) return `has at most ${maximum}`;
			return isWithin ? `is at most ${maximum}` : `is less than ${maximum}`;
		case 'invalid_union':
			return unionWords(errors ?? []) ?? message;
		default:
			return message;
	}
}

/** Of a text or a list its length is what is too small or too large. */
function expectsCount({ message }: Issue): boolean {
	return /(?:string|array) to have/u.test(message);
}

/** Which kinds of value fit; another way to write one of them is left unsaid. */
function unionWords(errors: readonly (readonly Issue[])[]): string | undefined {
	const first = errors.flatMap((issues) => issues.slice(0, 1));
	const ofKind = first.filter(({ code }) => code === 'invalid_type');
	const says = (ofKind.length > 0 ? ofKind : first).map(issueWords);
	return says.length > 0 ? [...new Set(says)].join(', or ') : undefined;
}
