import { type DefinitionFile, readDefinitions } from '../codec/definitions.ts';
import type { FileProblem } from '../core/file-problem.ts';
import { compilePlaybook } from './compile.ts';
import type { FindAction, Playbook } from './playbook.ts';

/** The playbooks of some files; one that is wrong is a problem, and the others are there. */
export function compilePlaybooks(
	files: readonly DefinitionFile[],
	find: FindAction,
	actions: readonly string[],
): { readonly playbooks: readonly Playbook[]; readonly problems: readonly FileProblem[] } {
	const playbooks = new Map<string, Playbook>();
	const problems: FileProblem[] = [];
	for (const file of files) {
		const read = readDefinitions(file, 'playbooks');
		problems.push(...read.problems);
		for (const definition of read.items) {
			const { playbook, problems: found } = compilePlaybook(definition, find, actions);
			problems.push(...found);
			if (playbook === undefined) continue;
			if (playbooks.has(playbook.name)) {
				problems.push(definition.problem(['name'], `two playbooks are called ${playbook.name}`));
			} else playbooks.set(playbook.name, playbook);
		}
	}
	return { playbooks: [...playbooks.values()], problems };
}
