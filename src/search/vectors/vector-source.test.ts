/** What the search gets of a model that is whole, damaged, missing, another one, or out of reach. */

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { AppError } from '#platform/errors.ts';
import { createLog } from '#platform/log.ts';
import { onEachDatabase } from '../../../test/database.ts';
import { makeDraft, save } from '../../../test/drafts.ts';
import type { Embedder } from '../embedder.ts';
import { packModel } from '../model-file.ts';
import { embedDue } from './embed-due.ts';
import { openShipped } from './shipped.ts';
import { openVectors } from './vector-source.ts';

const SHIPPED = new URL('../model/broadsheet-embed.bin', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-vectors-'));
after(() => rmSync(folder, { recursive: true }));

function listeningLog() {
  const lines: string[] = [];
  const log = createLog({ level: 'debug', format: 'json' }, { write: (line) => void lines.push(line) });
  return { log, lines };
}

function fileWith(name: string, bytes: Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

describe('the shipped model', () => {
  test('is read once, when it is first asked for', async () => {
    const file = join(folder, 'copy.bin');
    const shipped = openShipped(file);
    copyFileSync(SHIPPED, file);
    const { embedder } = shipped();
    rmSync(file);
    assert.ok(embedder);
    assert.equal(shipped().embedder, embedder);
    const [vector] = await embedder.encode(['graph networks']);
    assert.equal(vector?.length, 256);
  });

  test('missing, cut short, or with one bit turned: a problem that names the file and what to do, no error', () => {
    const whole = readFileSync(SHIPPED);
    const turned = Uint8Array.from(whole);
    turned[5_000_000] = (turned[5_000_000] ?? 0) ^ 4;
    for (const [file, what] of [
      [join(folder, 'none.bin'), /none\.bin cannot be read/],
      [fileWith('cut.bin', whole.subarray(0, 1_000_000)), /cut\.bin is damaged/],
      [fileWith('empty.bin', new Uint8Array(0)), /empty\.bin is not a model file/],
      [fileWith('turned.bin', turned), /turned\.bin is damaged/],
    ] as const) {
      const { embedder, problem } = openShipped(file)();
      assert.equal(embedder, undefined);
      assert.match(problem ?? '', what);
      assert.match(problem ?? '', /Restore the file/);
    }
  });

  test('many texts leave others their turn, and can be stopped', async () => {
    const { embedder } = openShipped()();
    const stop = new AbortController();
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await embedder?.encode(Array.from({ length: 3000 }, () => 'attention is all you need'));
    clearInterval(timer);
    assert.ok(turns > 0);
    stop.abort();
    await assert.rejects(async () => await embedder?.encode(['a', 'b'], stop.signal), { name: 'AbortError' });
  });
});

onEachDatabase('vectors for the search', (open) => {
  const shipped = openShipped()().embedder ?? assert.fail();
  const papers = [
    makeDraft(1, { title: 'Image captioning', abstract: 'We describe pictures in sentences.' }),
    makeDraft(2, { title: 'Locomotion over rough terrain', abstract: 'Legged robots walk.' }),
    makeDraft(3, { title: 'To be', abstract: '' }),
  ];

  test('a question finds the paper that means it', async () => {
    await using opened = await open();
    const { db } = opened;
    const { log, lines } = listeningLog();
    const source = openVectors({ db, log, embedder: () => shipped });
    assert.equal(await source(), undefined);
    await save(db, ...papers);
    await embedDue({ db, embedder: shipped });
    const vectors = (await source()) ?? assert.fail();
    const question = (await vectors.encode('teaching machines to talk about photographs')) ?? assert.fail();
    const found = vectors.nearest(question, 10);
    const [first] = await db.selectFrom('papers').select('seq').where('title', '=', 'Image captioning').execute();
    assert.equal(found[0], first?.seq);
    assert.equal(found.length, 2); // the third says nothing
    const [nearer, farther] = vectors.cosines(question, found);
    assert.ok(nearer !== undefined && farther !== undefined && nearer > farther);
    assert.deepEqual(lines, []);
  });

  test('a model of other dimensions has vectors of its own, and takes over when it is chosen', async () => {
    await using opened = await open();
    const { db } = opened;
    await save(db, ...papers);
    await embedDue({ db, embedder: shipped });
    const file = fileWith(
      'small.bin',
      packModel({
        dimensions: 2,
        words: ['robot', 'imag'],
        scales: Float32Array.of(1, 1),
        vectors: Int8Array.of(1, 0, 0, 1),
      }),
    );
    const small = openShipped(file)().embedder ?? assert.fail();
    let chosen = shipped;
    const { log, lines } = listeningLog();
    const source = openVectors({ db, log, embedder: () => chosen });
    assert.equal((await (await source())?.encode('robots'))?.length, 256);
    chosen = small;
    assert.equal(await source(), undefined);
    await embedDue({ db, embedder: small });
    const vectors = (await source()) ?? assert.fail();
    assert.deepEqual([...((await vectors.encode('robots')) ?? [])], [1, 0]);
    const east = Float32Array.of(1, 0);
    assert.ok((vectors.cosines(east, vectors.nearest(east, 1))[0] ?? 0) > 0.999);
    assert.deepEqual(lines, []);
  });

  test('a model that is out of reach, or answers in other dimensions, is told of once; words must do', async () => {
    await using opened = await open();
    const { db } = opened;
    await save(db, ...papers);
    await embedDue({ db, embedder: shipped });
    let answer: () => Promise<Float32Array[]> = async () => {
      throw new AppError('upstream', 'The server is gone.');
    };
    const remote: Embedder = { name: shipped.name, encode: async () => await answer() };
    const { log, lines } = listeningLog();
    const source = openVectors({ db, log, embedder: () => remote });
    const encode = async () => await (await source())?.encode('robots');
    assert.equal(await encode(), undefined);
    assert.equal(await encode(), undefined);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /searching by words alone.*/);
    assert.match(lines[0] ?? '', /The server is gone/);
    answer = async () => await shipped.encode(['robots']);
    assert.equal((await encode())?.length, 256);
    answer = async () => [new Float32Array(7)];
    assert.equal(await encode(), undefined);
    assert.equal(lines.length, 2);
    assert.match(lines[1] ?? '', /7 dimensions where those of the papers have 256/);
  });

  test('without a model there are no vectors', async () => {
    await using opened = await open();
    const { log } = listeningLog();
    assert.equal(await openVectors({ db: opened.db, log, embedder: () => undefined })(), undefined);
  });
});
