import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { root } from './files.ts';
import { tempFolder } from './temp-folder.ts';

/**
 * A package of its own whose launcher is the shipped one and whose program is this module's source. Its heap is
 * small, so that exhausting it takes no time. Answers the launcher's path.
 */
export function launched(t: TestContext, program: string): string {
	const folder = tempFolder(t);
	const launcher = readFileSync(join(root, 'bin/eventctl'), 'utf8');
	mkdirSync(join(folder, 'bin'));
	mkdirSync(join(folder, 'dist/src/cli'), { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
	writeFileSync(join(folder, 'dist/src/cli/main.js'), program);
	writeFileSync(join(folder, 'bin/eventctl'), launcher.replace(/(old-space-size)=\d+/, '$1=48'), {
		mode: 0o755,
	});
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	return join(folder, 'bin/eventctl');
}
