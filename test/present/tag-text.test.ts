import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortTag } from '../../src/present/tag-text.ts';

for (const [tag, format, short] of [
	['salt/job/20261121030602118843/ret/web12', 'salt', '…/job/…0602/ret/web12'],
	['salt/auth', 'salt', 'auth'],
	['my/own/tag', 'salt', 'my/own/tag'],
	['falco/Read sensitive file', 'falco', 'Read sensitive file'],
	['st2/6f1c1e2a-8d5e-4b7b-9c53-0a4f3b2e1d00/done', 'json', 'st2/6f1c…/done'],
	['images/9f86d081884c7d659a2feaa0c55ad015', 'json', 'images/9f86…'],
	['20261121030602118843', 'salt', '…0602'],
	['', 'text', ''],
] as const) {
	test(`the tag ${tag} of ${format} reads ${short}`, () => {
		assert.equal(shortTag(tag, format), short);
	});
}
