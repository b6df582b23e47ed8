import { Failure } from '../core/errors.ts';

export async function run(): Promise<number> {
	throw new Failure('no-source', 'no source was named and none was found: try `eventctl demo`');
}
