import { spawn } from 'node:child_process';

type Env = Readonly<Record<string, string | undefined>>;

/** The most that terminals take in one OSC 52, in bytes before base64. */
const maxCopy = 74_994;

/**
 * Puts text on the operator's own clipboard, through tmux and SSH: tmux hands it on by itself, other terminals are
 * told by OSC 52. Resolves with how, or why not.
 */
export async function copy(
	text: string,
	env: Env,
	tellTerminal: (text: string) => void,
): Promise<string> {
	const bytes = Buffer.byteLength(text);
	if (bytes > maxCopy)
		return `not copied: ${bytes} bytes are more than a terminal takes (${maxCopy})`;
	if (env['TMUX'] && (await toTmux(text))) return 'copied to tmux and its terminal';
	tellTerminal(text);
	return 'copied through the terminal';
}

function toTmux(text: string): Promise<boolean> {
	return new Promise((resolve) => {
		const child = spawn('tmux', ['load-buffer', '-w', '-'], {
			stdio: ['pipe', 'ignore', 'ignore'],
		});
		child.on('error', () => resolve(false));
		child.on('exit', (code) => resolve(code === 0));
		child.stdin.on('error', () => resolve(false));
		child.stdin.end(text);
	});
}
