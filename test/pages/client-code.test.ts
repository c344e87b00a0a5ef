/** How much client code a page brings along, as it comes over the wire. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openSite } from '../site.ts';

const MOST = 10 * 1024;

test('the front page brings less than 10 KB of client code, and none of what only papers need', async () => {
  await using site = await openSite();
  const scriptsOf = async (path: string) => {
    const { html } = await site.get(path);
    const files = [...html.matchAll(/<script type="module" src="([^"]+)"/g)].map(([, file = '']) => file);
    const codes: string[] = [];
    for (const file of files) codes.push((await site.get(file)).html);
    return { files, code: codes.join('\n'), bytes: codes.reduce((sum, code) => sum + gzipSync(code).length, 0) };
  };
  const front = await scriptsOf('/');
  assert.equal(front.files.length, 1);
  assert.ok(front.bytes < MOST, `${front.bytes} bytes`);
  assert.match(front.code, /upvote-button/);
  assert.doesNotMatch(front.code, /comment-form|reaction-buttons|left-drafts/);
  const paper = await scriptsOf('/papers/2509.21043');
  assert.match(paper.code, /comment-form[^]*sessionStorage|sessionStorage[^]*comment-form/);
  assert.ok(paper.bytes < MOST, `${paper.bytes} bytes`);
});
