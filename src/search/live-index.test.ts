import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, save } from '../../test/drafts.ts';
import { indexDue } from './index-due.ts';
import { followEntries } from './live-index.ts';
import { parseQuery } from './query/parse.ts';
import { createSearch } from './search.ts';
import type { Vectors } from './vectors/vectors.ts';

onEachDatabase('indexes that follow the database', (open) => {
  let opened: TestDatabase;
  before(async () => (opened = await open()));
  after(async () => await opened[Symbol.asyncDispose]());

  async function write(numbers: readonly number[], title: (number: number) => string): Promise<void> {
    await save(opened.db, ...numbers.map((number) => makeDraft(number, { title: title(number), abstract: '' })));
    await indexDue(opened.db);
  }

  test('those of papers that were replaced again and again are built anew, and nobody waits for it', async () => {
    const numbers = Array.from({ length: 500 }, (_, at) => at + 1);
    const live = followEntries(opened.db);
    for (let turn = 0; turn < 8; turn++) {
      await write(numbers, (number) => `Turn ${turn} of ${number}`);
      // Whether the old ones answer or the new ones, they know all that was written.
      assert.equal((await live.current()).lexical.papers, numbers.length);
    }
    await write([501], () => 'One more');
    for (let tries = 0; tries < 500 && (await live.current()).lexical.count > 2000; tries++) await sleep(10);
    const { lexical } = await live.current();
    assert.equal(lexical.papers, numbers.length + 1);
    assert.ok(lexical.count <= 2000, String(lexical.count));
  });

  test('a paper whose vector is known before its words is not found yet, nor counted', async () => {
    const unknown = 100_000;
    const vectors: Vectors = {
      encode: () => Float32Array.of(1),
      nearest: () => Int32Array.of(unknown, 1),
      cosines: (_, seqs) => new Float32Array(seqs.length).fill(1),
      closeness: (seqs) => new Float32Array(seqs.length ** 2),
      vectorOf: () => Float32Array.of(1),
    };
    const search = createSearch(opened.db, async () => await Promise.resolve(vectors));
    const { papers, facets } = await search.find({ query: parseQuery('nowhere'), limit: 10 });
    assert.deepEqual(
      papers.map(({ seq }) => seq),
      [1],
    );
    assert.deepEqual(facets.years, [{ name: '2026', papers: 1 }]);
  });
});
