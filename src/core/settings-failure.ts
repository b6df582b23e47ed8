import { Failure } from './errors.ts';

/** Settings that cannot be meant, and the key that is to blame where one is: whoever knows their file says its line. */
export class SettingsFailure extends Failure {
	readonly path: readonly string[];
	constructor(message: string, path: readonly string[] = []) {
		super('config', message);
		this.path = path;
	}
}
