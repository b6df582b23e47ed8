import type { KubeTool } from '../core/kube-tool.ts';
import { shellLine, shellWord } from '../core/shell-words.ts';
import { inCluster } from './kube-config.ts';

/** The same deed as a person would type it. */
export function kubectl({ context }: KubeTool, ...words: readonly string[]): string {
	const where = context === inCluster ? [] : ['--context', context];
	return shellLine(['kubectl', ...where, ...words]);
}

/** The same, with an object on its standard input. */
export function kubectlWith(kube: KubeTool, input: unknown, ...words: readonly string[]): string {
	return `echo ${shellWord(JSON.stringify(input))} | ${kubectl(kube, ...words, '-f', '-')}`;
}
