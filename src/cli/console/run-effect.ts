import type { Screen } from '../../../components/open.tsx';
import {
	bell,
	copy as copySequence,
	notifications,
} from '../../../components/terminal/sequences.ts';
import type { Terminal } from '../../../components/terminal/terminal.ts';
import { reasonOf } from '../../core/errors.ts';
import type { Effect } from '../../state/effect.ts';
import type { Store } from '../../state/store.ts';
import type { ConsoleSettings, EnginePort } from '../engine-port.ts';
import type { Io } from '../io.ts';
import { copy } from './clipboard.ts';
import { rememberFilter, rememberHistory } from './memory.ts';
import { edit, page } from './programs.ts';

type Outside = {
	readonly engine: EnginePort;
	readonly store: Store;
	readonly screen: Screen;
	readonly terminal: Terminal;
	readonly alert: ConsoleSettings['alert'];
	readonly env: Io['env'];
	readonly leave: (code: number) => void;
};

/** What carries effects out. One that fails is a notice; the console goes on. */
export function runner(outside: Outside): (effect: Effect) => void {
	return (effect) => {
		perform(effect, outside).catch((error: unknown) => {
			outside.store.dispatch({ type: 'noticed', tone: 'bad', text: reasonOf(error) });
		});
	};
}

async function perform(effect: Effect, outside: Outside): Promise<void> {
	const { engine, store, screen, terminal, env, leave } = outside;
	switch (effect.type) {
		case 'engine':
			return engine.send(effect.message);
		case 'exit':
			return leave(effect.code);
		case 'repaint':
			return screen.repaint();
		case 'suspend':
			return suspended(outside);
		case 'pager':
			return lent(outside, () => page(effect.text, env));
		case 'edit': {
			const text = await lent(outside, () => edit(effect.text, effect.extension, env));
			return store.dispatch({ type: 'field.edited', text });
		}
		case 'copy': {
			const how = await copy(effect.text, env, (text) => terminal.output.send(copySequence(text)));
			return store.dispatch({ type: 'noticed', tone: 'muted', text: `${effect.what}: ${how}` });
		}
		case 'views': {
			const { savedViews } = await import('./views.ts');
			const { views, problems } = await savedViews(env);
			for (const text of problems) store.dispatch({ type: 'noticed', tone: 'warn', text });
			return store.dispatch({ type: 'views', views });
		}
		case 'view.saved': {
			const { saveView } = await import('./views.ts');
			return saveView(effect.view, env);
		}
		case 'alert':
			if (outside.alert === 'bell') terminal.output.send(bell);
			else if (outside.alert === 'notification') terminal.output.send(notifications[effect.kind]);
			return undefined;
		case 'history.saved':
			return rememberHistory(env, effect.name, effect.entries);
		case 'filter.saved':
			return rememberFilter(env, effect.text);
	}
}

/** The terminal to another program for as long as it runs. */
async function lent<Result>(
	{ screen, terminal }: Outside,
	program: () => Promise<Result>,
): Promise<Result> {
	const takeBack = await screen.lend();
	terminal.giveBack();
	try {
		return await program();
	} finally {
		terminal.take();
		await takeBack();
	}
}

async function suspended({ screen, terminal }: Outside): Promise<void> {
	const takeBack = await screen.lend();
	await terminal.stop();
	await takeBack();
}
