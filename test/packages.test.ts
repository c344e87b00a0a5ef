/** A machine without a browser gets one or is told what to type; it is never told that all is well. */

import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { requireChromium } from './chromium.ts';

const { PATH, CHROMIUM_PATH } = process.env;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadsheet-packages-'));
  process.env['PATH'] = folder;
  delete process.env['CHROMIUM_PATH'];
});

afterEach(async () => {
  Object.assign(process.env, { PATH }, CHROMIUM_PATH === undefined ? {} : { CHROMIUM_PATH });
  await rm(folder, { recursive: true });
});

async function program(name: string, script = ''): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

test('the browser on the PATH is used', async () => {
  const chromium = await program('chromium-browser');
  assert.equal(requireChromium(), chromium);
});

test('without a browser and without apt-get, the message names the command', () => {
  assert.throws(() => requireChromium(), /apt-get install chromium/);
});

test(
  'root on Debian gets it installed',
  { skip: process.getuid?.() === 0 ? false : 'only root may install' },
  async () => {
    const chromium = join(folder, 'chromium');
    await program(
      'apt-get',
      `echo "$*" >>${folder}/log; [ "$2" = install ] && : >${chromium} && /bin/chmod +x ${chromium}; :`,
    );
    assert.equal(requireChromium(), chromium);
    const calls = (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n');
    assert.match(calls[0] ?? '', /update/);
    assert.match(calls[1] ?? '', /install -y .*\bchromium\b/);
  },
);

test(
  'an installation that fails says why',
  { skip: process.getuid?.() === 0 ? false : 'only root may install' },
  async () => {
    await program('apt-get', 'echo "E: no network" >&2; exit 100');
    assert.throws(() => requireChromium(), /apt-get update failed:[^]*no network/);
  },
);
