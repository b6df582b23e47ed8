export type NoticeTone = 'muted' | 'good' | 'warn' | 'bad';

export type Notice = {
	readonly tone: NoticeTone;
	/** May quote hostile text. */
	readonly text: string;
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** A command that would go on from it; its key is the keymap's. */
	readonly offer?: NoticeOffer;
};

export type NoticeOffer = { readonly command: string; readonly says: string };
