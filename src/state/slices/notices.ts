import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import type { NoticeOffer, NoticeTone } from '../notice.ts';

const most = 50;

/** What the console has to say, newest last. */
export function notices(model: Model, message: Message): Model {
	switch (message.type) {
		case 'notice':
		case 'noticed':
			return withNotice(model, message.tone, message.text);
		case 'fire.answered':
			return withNotice(model, answerTone(message), message.says);
		case 'ended':
			return withNotice(model, 'bad', 'the engine ended: nothing new will come; q leaves');
		default:
			return model;
	}
}

export function withNotice(
	model: Model,
	tone: NoticeTone,
	text: string,
	offer?: NoticeOffer,
): Model {
	const notice = { tone, text, at: model.now, ...(offer && { offer }) };
	return { ...model, notices: [...model.notices, notice].slice(-most) };
}

/** How good an answer to a fire is: taken, sent without proof, or not sent. */
export function answerTone(answer: {
	readonly isConfirmed: boolean;
	readonly failed?: boolean;
}): 'good' | 'warn' | 'bad' {
	if (answer.failed) return 'bad';
	return answer.isConfirmed ? 'good' : 'warn';
}
