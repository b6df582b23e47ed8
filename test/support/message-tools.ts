import { httpClient } from '../../src/actions/http-client.ts';
import { mailClient } from '../../src/actions/mail-client.ts';
import { slackClient } from '../../src/actions/slack-client.ts';
import { smsClient } from '../../src/actions/sms-client.ts';
import type { Clock } from '../../src/core/clock.ts';
import { resolveSecret } from '../../src/core/secret.ts';
import type { Tools } from '../../src/core/tools.ts';
import { fakeClock } from './fake-clock.ts';
import { someTools } from './some-tools.ts';

/** The real clients of all messages, with these destinations under `notify:` and these variables for secrets. */
export function messageTools(
	notify: Readonly<Record<string, unknown>>,
	env: Readonly<Record<string, string>> = {},
	clock: Clock = fakeClock(),
): Tools {
	const http = httpClient({ clock, env: {} });
	return someTools({
		clock,
		http: async () => http,
		mail: async () => mailClient(clock),
		slack: async () => slackClient(http),
		sms: async () => smsClient(http),
		secret: (reference) => resolveSecret(reference, env),
		settings: { notify },
	});
}
