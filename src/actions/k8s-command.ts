import type { KubeTool } from '../core/kube-tool.ts';
import { inCluster } from './kube-config.ts';

const plainWord = /^[\w@%+=:,./-]+$/;

/** The same deed as a person would type it. */
export function kubectl({ context }: KubeTool, ...words: readonly string[]): string {
	const where = context === inCluster ? [] : ['--context', context];
	return ['kubectl', ...where, ...words].map(quoted).join(' ');
}

/** The same, with an object on its standard input. */
export function kubectlWith(kube: KubeTool, input: unknown, ...words: readonly string[]): string {
	return `echo ${quoted(JSON.stringify(input))} | ${kubectl(kube, ...words, '-f', '-')}`;
}

function quoted(word: string): string {
	return plainWord.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
