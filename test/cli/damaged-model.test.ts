/** An installation whose model file is not what it should be goes on by words, and says so once. */

import assert from 'node:assert/strict';
import { cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { packModel } from '#search/model-file.ts';
import { ROOT, runProgram, start, temporaryFolder } from '../program.ts';

/** Of the starter edition. */
const TITLE = 'Benign Overfitting and Grokking';
const MODEL = join('src', 'search', 'model', 'broadsheet-embed.bin');

describe('a model file', { timeout: 120_000 }, () => {
  let installed: Awaited<ReturnType<typeof installCopy>>;
  let whole: Buffer;
  before(async () => {
    installed = await installCopy();
    whole = await readFile(join(ROOT, MODEL));
  });
  after(async () => await installed[Symbol.asyncDispose]());

  const damages: Record<string, () => Buffer | undefined> = {
    'that is cut': () => whole.subarray(0, whole.length / 3),
    'with one bit turned': () => withBitTurned(whole, whole.length / 2),
    'that is something else': () => Buffer.from('<html>404</html>'.repeat(100)),
    'with scales that are no numbers': () =>
      packModel({
        dimensions: 2,
        words: ['overfit', 'grokk'],
        scales: Float32Array.of(Number.NaN, 1),
        vectors: Int8Array.of(1, 2, 3, 4),
      }),
    'that is missing': () => undefined,
  };
  for (const [what, make] of Object.entries(damages)) {
    test(`${what}: papers are found by words, with one warning in the log and in status`, async () => {
      await installed.put(make());
      await using data = await temporaryFolder();
      const { pages, err } = await serveAndSearch(installed.path, data.path);
      for (const page of pages) assert.match(page, new RegExp(TITLE));
      const complaints = err.split('\n').filter((line) => / (warn|error) /.test(line));
      assert.equal(complaints.length, 1, err);
      assert.match(complaints[0] ?? '', /warn .*broadsheet-embed\.bin.*words alone/);
      const status = await runProgram(['status'], { DATA_DIR: data.path }, undefined, installed.path);
      assert.equal(status.code, 0, status.err);
      assert.match(status.out, /^Search by meaning: off.*broadsheet-embed\.bin/m);
      const json = await runProgram(['status', '--json'], { DATA_DIR: data.path }, undefined, installed.path);
      const { meaning } = JSON.parse(json.out) as { meaning: { model: unknown; problem: string } };
      assert.equal(meaning.model, null);
      assert.match(meaning.problem, /broadsheet-embed\.bin/);
    });
  }

  test('of another dimension makes vectors of its own, over a database with those of the one before', async () => {
    await using data = await temporaryFolder();
    await installed.put(whole);
    assert.equal((await serveAndSearch(installed.path, data.path)).err, '');
    await installed.put(
      packModel({
        dimensions: 8,
        words: ['overfit', 'grokk'],
        scales: Float32Array.of(0.1, 0.1),
        vectors: Int8Array.from({ length: 16 }, (_, at) => (at % 5) - 2),
      }),
    );
    for (const args of [['serve'], ['serve']]) {
      const { pages, err } = await serveAndSearch(installed.path, data.path, args);
      for (const page of pages) assert.match(page, new RegExp(TITLE));
      assert.doesNotMatch(err, / (warn|error) /);
    }
  });
});

/** A copy of the program whose model may be changed; its packages are those of here. */
async function installCopy() {
  const folder = await temporaryFolder();
  for (const name of ['bin', 'src', 'starter', 'package.json']) {
    await cp(join(ROOT, name), join(folder.path, name), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(folder.path, 'node_modules'));
  return {
    ...folder,
    async put(model: Buffer | undefined) {
      const file = join(folder.path, MODEL);
      if (model === undefined) await rm(file, { force: true });
      else await writeFile(file, model);
    },
  };
}

function withBitTurned(bytes: Buffer, at: number): Buffer {
  const damaged = Buffer.from(bytes);
  damaged.writeUInt8(damaged.readUInt8(Math.floor(at)) ^ 4, Math.floor(at));
  return damaged;
}

/** Three searches, so that one warning is not one for each. */
async function serveAndSearch(root: string, DATA_DIR: string, args: readonly string[] = ['serve']) {
  const server = start(args, { DATA_DIR, LOG_LEVEL: 'warn' }, undefined, root);
  const [, url] = await server.saw(/is at (http:\S+)/);
  const pages: string[] = [];
  for (const words of ['benign overfitting', 'grokking', 'Benign Overfitting and Grokking in networks']) {
    const answer = await fetch(`${url}/search?q=${encodeURIComponent(words)}`);
    assert.equal(answer.status, 200);
    pages.push((await answer.text()).replaceAll(/<\/?mark>/g, ''));
  }
  server.kill('SIGTERM');
  const { code, err } = await server.finished;
  assert.equal(code, 0, err);
  return { pages, err };
}
