/** The installed program is started from any folder: a service manager's, or the one where somebody keeps papers. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../program.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/broadsheet.js', import.meta.url));

test('started from another folder it keeps its data there and serves pages', async () => {
  await using folder = await temporaryFolder();
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    cwd: folder.path,
    env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], ARXIV_FETCH: 'off', PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  try {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const [url = ''] = /http:\/\/localhost:\d+/.exec(line) ?? [];
    const page = await fetch(url);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /Benign Overfitting and Grokking/);
  } finally {
    child.kill('SIGTERM');
  }
  assert.deepEqual(await ended, [0, null]);
});
