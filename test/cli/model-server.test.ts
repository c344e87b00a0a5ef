/** The whole program with a model server: papers that were imported without it get its vectors while the site is up. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { startModelServer } from '../model-server.ts';
import type { ModelRequest } from '../model-server.ts';
import { runProgram, start, temporaryFolder } from '../program.ts';

const URL_LINE = /Daily Papers is at (http:\/\/localhost:\d+)/;
const isQuestion = ({ input }: ModelRequest) => input[0] === 'gradient descent';

test('a site that is given a model server switches while it serves', async () => {
  await using folder = await temporaryFolder();
  await using models = await startModelServer();
  const DATA_DIR = folder.path;
  const imported = await runProgram(['import', 'test/fixtures/files/papers.jsonl'], { DATA_DIR });
  assert.equal(imported.code, 0, imported.err);

  const EMBEDDINGS_KEY_FILE = join(folder.path, 'key');
  writeFileSync(EMBEDDINGS_KEY_FILE, 'sk-hunter2\n');
  const env = { DATA_DIR, EMBEDDINGS_URL: models.url, EMBEDDINGS_MODEL: 'words', EMBEDDINGS_KEY_FILE };
  const before = await runProgram(['status'], env);
  assert.match(before.out, /Search by meaning: 127\.0\.0\.1:\d+\/words, papers waiting: \d+, meanwhile broadsheet-/);

  models.requests.length = 0;
  const site = start(['serve'], env);
  const [, url] = await site.saw(URL_LINE);
  for (let tries = 0; tries < 100 && !models.requests.some(isQuestion); tries++) {
    assert.equal((await fetch(`${url}/search?q=gradient+descent`)).status, 200);
    await delay(300);
  }
  assert.ok(models.requests.some(isQuestion), 'questions go to the model server in the end');
  assert.ok(!models.requests.slice(0, 1).some(isQuestion), 'after the papers');
  assert.ok(models.requests.every(({ authorization }) => authorization === 'Bearer sk-hunter2'));

  const after = await runProgram(['status'], env);
  assert.match(after.out, /Search by meaning: 127\.0\.0\.1:\d+\/words, papers waiting: 0\n/);
  await models[Symbol.asyncDispose]();
  const alone = await runProgram(['status', '--json'], env);
  const { meaning } = JSON.parse(alone.out) as { meaning: { problem: string } };
  assert.match(meaning.problem, /^The model server http:.* made no vectors: the connection failed \(ECONNREFUSED\)/);
  assert.equal((await fetch(`${url}/search?q=neural+networks`)).status, 200);

  site.kill('SIGTERM');
  const { code, out, err } = await site.finished;
  assert.equal(code, 0);
  assert.match(err, /another model answers the search by meaning/);
  assert.match(err, /searching by words alone/);
  for (const text of [out, err, before.out, after.out, alone.out]) assert.doesNotMatch(text, /hunter2/);
});
