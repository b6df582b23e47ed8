/** Hands over together what is told within one turn of the event loop, so that the screen is drawn once for all of it. */
export function inTurns<Message>(take: (message: Message) => void): (message: Message) => void {
	const told: Message[] = [];
	return (message) => {
		told.push(message);
		if (told.length > 1) return;
		setImmediate(() => {
			for (const one of told.splice(0)) take(one);
		});
	};
}
