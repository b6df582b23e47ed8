import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from '../support/files.ts';

const sources = globSync('{src,components,connectors}/**/*.{ts,tsx}', { cwd: root });

function filesSaying(pattern: RegExp): string[] {
	return sources.filter((file) => pattern.test(readFileSync(`${root}${file}`, 'utf8'))).sort();
}

test('nothing but the maker of safe text calls a text safe', () => {
	assert.deepEqual(filesSaying(/\bas (?:unknown as )?SafeText\b|<SafeText>/), [
		'src/core/safe-text.ts',
	]);
});

test('nothing but the maker of sequences writes some for the terminal', () => {
	assert.deepEqual(filesSaying(/\bas (?:unknown as )?Sequence\b/), [
		'components/terminal/sequences.ts',
	]);
});

test('nothing prints behind the back of the screen', () => {
	assert.deepEqual(
		filesSaying(/\bconsole\.(?:log|error|warn|info|debug|trace)\(|\buseStdout\b|\buseStderr\b/),
		[],
	);
});
