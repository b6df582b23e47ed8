/** Moments at which a test ends the process: right before or after each durable step, and around the effect. */
export const failpoints = [
	'before claim',
	'after claim',
	'after precheck',
	'after reserve',
	'before intend',
	'after intend',
	'before undo',
	'after undo',
	'during run',
	'before end',
	'after end',
] as const;
export type Failpoint = (typeof failpoints)[number];

/** Is told whenever one is reached. */
export type OnFailpoint = (at: Failpoint) => void | Promise<void>;
