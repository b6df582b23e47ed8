import { Failure } from '../../src/core/errors.ts';
import type { Tools } from '../../src/core/tools.ts';
import { fakeClock } from './fake-clock.ts';

/** Tools of which only those given work; whoever asks for another is told so. */
export function someTools(given: Partial<Tools> = {}): Tools {
	const absent = () => Promise.reject(new Error('this test gives no such tool'));
	return {
		run: 'R-0001',
		operator: 'olga',
		clock: fakeClock(),
		kube: absent,
		salt: absent,
		host: absent,
		http: absent,
		mail: absent,
		slack: absent,
		sms: absent,
		fire: absent,
		secret: absent,
		settings: {},
		...given,
	};
}

/** Every host is another machine. */
export async function elsewhere(name: string): Promise<never> {
	throw new Failure('unreachable', `${name} is not this machine`);
}
