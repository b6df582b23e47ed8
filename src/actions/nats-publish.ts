import * as z from 'zod';
import { fireEvent } from './fire-event.ts';
import { jsonOf } from './message.ts';
import { messageAction } from './message-action.ts';

const settings = z.strictObject({
	source: z.string().min(1).max(64),
	/** The subject; a message's own `subject` is its title. */
	tag: z
		.string()
		.max(256)
		.regex(
			/^[\w-]{1,64}(\.[\w-]{1,64})*$/u,
			'a subject is words of letters, digits, _ and -, with dots',
		),
});

/** Publishes JSON on a NATS source of this engine. */
export const natsPublish = messageAction({
	kind: 'nats.publish',
	title: 'Publish on NATS',
	example: `
source: bus
tag: ops.alerts
body: { who: web12, says: shell in a container }
`,
	settings,
	compose: (message, { source, tag }) => ({
		reaches: [`${tag} on ${source}`],
		shows: JSON.stringify(jsonOf(message)),
	}),
	async deliver(message, { source, tag }, tools, stop) {
		return fireEvent(tools, { source }, { tag, data: jsonOf(message) }, stop);
	},
});
