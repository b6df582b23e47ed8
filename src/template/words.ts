/** Filters a template may use: none of them grows its operand beyond what is there. */
export const filters = [
	'abs',
	'capitalize',
	'default',
	'first',
	'float',
	'int',
	'items',
	'join',
	'keys',
	'last',
	'length',
	'list',
	'lower',
	'map',
	'rejectattr',
	'reverse',
	'selectattr',
	'sort',
	'string',
	'title',
	'tojson',
	'trim',
	'unique',
	'upper',
	'values',
] as const;

/** Tests behind `is`. */
export const tests = [
	'boolean',
	'defined',
	'even',
	'false',
	'integer',
	'iterable',
	'lower',
	'mapping',
	'none',
	'number',
	'odd',
	'sequence',
	'string',
	'true',
	'undefined',
	'upper',
] as const;

/** Words that begin a `{% … %}`. */
export const statements = ['if', 'elif', 'else', 'endif', 'for', 'endfor'] as const;

/** Words between operands; a parenthesis behind one calls nothing. */
export const operators = ['and', 'or', 'not', 'in', 'is', 'if', 'else', 'elif', 'for'] as const;
