/** A whole installation whose embedding model is damaged: papers are imported and found by words, and one is told why. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MODEL = 'src/search/model/broadsheet-embed.bin';
const run = promisify(execFile);
let home: string;

before(() => {
  home = mkdtempSync(join(tmpdir(), 'broadsheet-damaged-'));
  for (const name of ['src', 'starter', 'package.json'])
    cpSync(join(ROOT, name), join(home, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
});
after(() => rmSync(home, { recursive: true, force: true }));

async function broadsheet(...args: string[]) {
  const env = { PATH: process.env['PATH'], DATA_DIR: join(home, 'data'), ARXIV_FETCH: 'off' };
  return await run(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], { cwd: home, env });
}

const PAPER = JSON.stringify({
  id: '2601.00001',
  title: 'Walking robots',
  abstract: 'They walk.',
  authors: ['Ada Lovelace'],
  categories: ['cs.RO'],
  published: '2026-01-05',
});

test('the program goes on, warns once a run, and status tells what to do until the model is back', async () => {
  truncateSync(join(home, MODEL), 5_000_000);
  const file = join(home, 'papers.jsonl');
  writeFileSync(file, `${PAPER}\n`);
  const imported = await broadsheet('import', file);
  assert.match(imported.stdout, /1 new/);
  assert.equal(imported.stderr.match(/broadsheet-embed\.bin is damaged/g)?.length, 1, imported.stderr);
  const told = (await broadsheet('status')).stdout;
  assert.match(told, /Search by meaning: off, .*broadsheet-embed\.bin is damaged.*Restore the file/);
  assert.match(told, /Waiting for the search index: 0/);
  const { meaning } = JSON.parse((await broadsheet('status', '--json')).stdout) as { meaning: Record<string, unknown> };
  assert.equal(meaning['model'], null);
  assert.match(String(meaning['problem']), /is damaged/);

  cpSync(join(ROOT, MODEL), join(home, MODEL));
  assert.match((await broadsheet('status')).stdout, /Search by meaning: broadsheet-[0-9a-f]{8}, papers waiting: 1/);
  assert.equal((await broadsheet('import', file)).stderr.includes('damaged'), false);
  assert.match((await broadsheet('status')).stdout, /Search by meaning: broadsheet-[0-9a-f]{8}, papers waiting: 0/);
});
