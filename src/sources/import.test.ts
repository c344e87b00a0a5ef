import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { countPapers, findPaper } from '#papers/store.ts';
import { manualClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { NOW } from '../../test/drafts.ts';
import type { SourceContext } from './context.ts';
import { importFile } from './import.ts';
import type { ImportOptions, LineProblem } from './import.ts';

const FIXTURES = fileURLToPath(new URL('../../test/fixtures/files/', import.meta.url));

function contextOf(database: TestDatabase): SourceContext {
  const log = createLog({ level: 'silent', format: 'text' });
  return { config: readConfig(database.settings), db: database.db, clock: manualClock(NOW), fetch, log };
}

function line(number: number): string {
  const id = `2601.${String(number).padStart(5, '0')}`;
  const fields = {
    id,
    title: `Paper ${number}`,
    abstract: 'Text.',
    authors: ['A. Abe'],
    categories: ['cs.LG'],
    published: '2026-01-05',
  };
  return JSON.stringify(fields);
}

function lines(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, at) => line(first + at));
}

onEachDatabase('importing a file', (open) => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'broadsheet-import-'));
  });
  after(async () => await rm(folder, { recursive: true, force: true }));

  async function fileOf(content: string | Buffer): Promise<string> {
    const file = join(folder, 'papers.jsonl');
    await writeFile(file, content);
    return file;
  }

  it('adds papers, reports broken lines with number and reason, and repeats without change', async () => {
    await using database = await open();
    const context = contextOf(database);
    const problems: LineProblem[] = [];
    const counts = await importFile(context, `${FIXTURES}papers.jsonl`, {
      onProblem: (problem) => problems.push(problem),
    });
    assert.deepEqual(counts, { lines: 10, added: 3, changed: 0, unchanged: 0, skipped: 7 });
    assert.deepEqual(
      problems.map((problem) => problem.line),
      [4, 5, 6, 7, 8, 9, 10],
    );
    assert.equal(problems[0]?.message, 'not JSON');
    assert.equal((await findPaper(database.db, '2601.00102'))?.title, 'A second paper');
    const again = await importFile(context, `${FIXTURES}papers.jsonl`);
    assert.deepEqual(again, { lines: 10, added: 0, changed: 0, unchanged: 3, skipped: 7 });
  });

  it('reads the Kaggle snapshot', async () => {
    await using database = await open();
    const context = contextOf(database);
    const counts = await importFile(context, `${FIXTURES}snapshot.json`);
    assert.deepEqual(counts, { lines: 3, added: 3, changed: 0, unchanged: 0, skipped: 0 });
    const paper = await findPaper(database.db, '0704.0001');
    assert.equal(paper?.doi, '10.1103/PhysRevD.76.013009');
    assert.equal(paper?.versions.length, 2);
  });

  it('works in batches and says how far it is', async () => {
    await using database = await open();
    const context = contextOf(database);
    const seen: [added: number, done: number][] = [];
    let batches = 0;
    const counts = await importFile(context, await fileOf(gzipSync(lines(1, 500).join('\n'))), {
      onProgress: ({ added, bytesRead, totalBytes }) => seen.push([added, bytesRead / (totalBytes ?? 0)]),
      afterBatch: async () => {
        batches += 1;
        assert.equal(await countPapers(database.db), Math.min(batches * 200, 500), 'the batch is saved');
      },
    });
    assert.equal(counts.added, 500);
    assert.deepEqual(
      seen.map(([added]) => added),
      [200, 400, 500],
    );
    assert.equal(seen.at(-1)?.[1], 1);
  });

  it('keeps the last of papers that come twice, in one batch or in two', async () => {
    await using database = await open();
    const context = contextOf(database);
    const twice = [
      line(1),
      line(1).replace('Paper 1', 'Paper one'),
      ...lines(2, 600),
      line(2).replace('Paper 2', 'Paper two'),
    ];
    await importFile(context, await fileOf(twice.join('\n')));
    assert.equal(await countPapers(database.db), 600);
    assert.equal((await findPaper(database.db, '2601.00001'))?.title, 'Paper one');
    assert.equal((await findPaper(database.db, '2601.00002'))?.title, 'Paper two');
  });

  it('stops at the first broken line if it should be strict, with the batches before it saved', async () => {
    await using database = await open();
    const context = contextOf(database);
    const strict = async (content: string) => await importFile(context, await fileOf(content), { strict: true });
    await assert.rejects(strict([...lines(1, 10), '{', line(11)].join('\n')), {
      kind: 'invalid',
      message: /papers\.jsonl, line 11: not JSON\. Nothing was imported\.$/,
    });
    assert.equal(await countPapers(database.db), 0);
    await assert.rejects(strict([...lines(1, 650), '{', line(651)].join('\n')), {
      kind: 'invalid',
      message: /line 651: not JSON\. The papers up to line 600 are saved; importing again is safe\.$/,
    });
    assert.equal(await countPapers(database.db), 600);
  });

  it('stops between two batches when it is told to', async () => {
    await using database = await open();
    const context = contextOf(database);
    const stop = new AbortController();
    const options: ImportOptions = { signal: stop.signal, onProgress: () => stop.abort(new Error('interrupted')) };
    await assert.rejects(importFile(context, await fileOf(lines(1, 2000).join('\n')), options), {
      message: 'interrupted',
    });
    assert.equal(await countPapers(database.db), 200);
  });

  it('saves what came through a pipe before it broke, and says so', async () => {
    await using database = await open();
    const context = contextOf(database);
    const whole = gzipSync(lines(1, 5000).join('\n'));
    const standardInput = Readable.from([whole.subarray(0, whole.length - 100)]);
    await assert.rejects(importFile(context, '-', { standardInput }), {
      kind: 'invalid',
      message: /^standard input breaks off .* The papers up to line \d+ are saved; importing again is safe\.$/,
    });
    assert.ok((await countPapers(database.db)) >= 200);
  });

  it('refuses what is no file of papers in one line, and writes nothing', async () => {
    await using database = await open();
    const context = contextOf(database);
    const whole = gzipSync(lines(1, 5000).join('\n'));
    const refused: [content: string | Buffer, message: RegExp][] = [
      ['', /is empty: nothing was imported\.$/],
      ['\n  \n', /is empty: nothing was imported\.$/],
      [gzipSync(''), /is empty: nothing was imported\.$/],
      [`[\n${lines(1, 3).join(',\n')}\n]`, /is one JSON array: write one object per line/],
      [Buffer.from([1, 2, 0, 3, 0]), /is a binary file: papers come as one JSON object per line/],
      ['PK\u0003\u0004....................', /is a zip archive: unpack it/],
      ['<!doctype html><p>404', /is HTML or XML/],
      ['title,abstract\na,b\n'.repeat(3000), /holds no papers \(line 1: not JSON\): papers come as one JSON object/],
      [`${JSON.stringify({ hello: 1 })}\n`, /holds no papers \(line 1: "id" is missing\)/],
      [whole.subarray(0, whole.length - 100), /breaks off in the middle of its compressed data/],
    ];
    for (const [content, message] of refused) {
      const problems: LineProblem[] = [];
      const file = await fileOf(content);
      await assert.rejects(
        importFile(context, file, { onProblem: (problem) => problems.push(problem) }),
        (error: Error & { kind?: string }) => {
          assert.equal(error.kind, 'invalid', String(error.stack));
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /\n/);
          return true;
        },
      );
      assert.deepEqual(problems, [], 'one line says it all');
    }
    assert.equal(await countPapers(database.db), 0);
  });
});
