import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { PaperDraft } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import { onEachDatabase, openTestDatabase } from '../../test/database.ts';
import { makeDraft, save } from '../../test/drafts.ts';
import { openModel } from './embed.ts';
import type { Embedder } from './embedder.ts';
import { countDue, indexDue, startIndexing } from './index-due.ts';
import { countUnembedded, embedDue } from './vectors/embed-due.ts';
import { embedderOf } from './vectors/shipped.ts';

const model = openModel(
  { dimensions: 2, words: ['cat', 'rain'], scales: Float32Array.of(1, 1), vectors: Int8Array.of(90, 10, 10, 90) },
  'two-words',
);
const shipped = embedderOf(model);

const rowsOf = async (db: Db) =>
  (await db.selectFrom('embeddings').selectAll().orderBy('seq').execute()).map((row) => ({
    ...row,
    vector: [...new Int8Array(row.vector)],
  }));

onEachDatabase('vectors that are made beside the words', (open) => {
  test('are those that embedding makes by itself, also of papers that change', async () => {
    await using together = await open();
    await using apart = await open();
    const bring = async (...drafts: PaperDraft[]) => {
      await save(together.db, ...drafts);
      await indexDue(together.db, undefined, shipped);
      await save(apart.db, ...drafts);
      await indexDue(apart.db);
      await embedDue({ db: apart.db, embedder: shipped });
      const rows = await rowsOf(together.db);
      assert.deepEqual(rows, await rowsOf(apart.db));
      assert.equal(await countUnembedded(together.db, shipped.name), 0);
      return rows;
    };
    const cats = makeDraft(1, { title: 'Cats', abstract: 'of all kinds' });
    const first = await bring(cats, makeDraft(2, { title: 'Rain', abstract: 'on cats' }));
    assert.deepEqual(first[0]?.vector, [127, 35]);
    // The comments are not what is encoded: the row stays, change number included.
    assert.deepEqual(await bring({ ...cats, comments: '9 pages' }), first);
    const changed = await bring({ ...cats, title: 'Rain' });
    assert.notDeepEqual(changed[0]?.vector, first[0]?.vector);
    assert.deepEqual(changed[1], first[1]);
  });

  test('wait for embedding where the words had come further', async () => {
    await using opened = await open();
    const { db } = opened;
    await save(db, makeDraft(1, { title: 'Cats' }));
    await indexDue(db);
    await save(db, makeDraft(2, { title: 'Rain' }));
    assert.equal(await indexDue(db, undefined, shipped), 1);
    assert.deepEqual(await rowsOf(db), []);
    assert.equal(await embedDue({ db, embedder: shipped }), 2);
    assert.equal((await rowsOf(db)).length, 2);
  });
});

onEachDatabase('indexing', (open) => {
  const drafts = Array.from({ length: 1100 }, (_, at) =>
    makeDraft(at + 1, { title: 'Cats', abstract: `number ${at}` }),
  );

  test('in two processes at once does nothing twice and leaves nothing out', async () => {
    await using opened = await open();
    const { db } = opened;
    for (let at = 0; at < drafts.length; at += 500) await save(db, ...drafts.slice(at, at + 500));
    const seen = await Promise.all([indexDue(db, undefined, shipped), indexDue(db, undefined, shipped)]);
    assert.equal(seen[0] + seen[1], drafts.length);
    assert.equal((await rowsOf(db)).length, drafts.length);
    assert.equal(await countUnembedded(db, shipped.name), 0);
  });

  test('holds no transaction while papers are read; what changes meanwhile is read again', async () => {
    await using opened = await open();
    const { db } = opened;
    await save(db, makeDraft(1, { title: 'Cats' }));
    let calls = 0;
    const slow: Embedder = {
      ...shipped,
      readPapers: async (papers) => {
        // Would wait for ever if indexing held the lock of writers.
        if (++calls === 1) await save(db, makeDraft(1, { title: 'Rain', abstract: '' }));
        return await (shipped.readPapers ?? assert.fail())(papers);
      },
    };
    assert.equal(await indexDue(db, undefined, slow), 2);
    assert.deepEqual((await rowsOf(db))[0]?.vector, [14, 127]);
    assert.equal(await countDue(db), 0);
  });

  test('stopped between two steps it leaves what it had taken up, and another run does it', async () => {
    await using opened = await open();
    const { db } = opened;
    for (let at = 0; at < drafts.length; at += 500) await save(db, ...drafts.slice(at, at + 500));
    const { goOn } = startIndexing(db, shipped);
    for (let step = 0; step < 3; step++) assert.equal(await goOn(), true);
    const left = await countDue(db);
    assert.ok(left > 0 && left < drafts.length, `${left} are left`);
    assert.equal(await indexDue(db, undefined, shipped), left);
    assert.equal((await rowsOf(db)).length, drafts.length);
    // The first one learns of it, and does nothing twice.
    assert.equal(await goOn(), true);
    assert.equal(await goOn(), false);
  });
});

test('indexing some papers costs no look at the vectors of all others', async () => {
  await using opened = await openTestDatabase('sqlite');
  const { db, queries } = opened;
  await save(db, makeDraft(1, { title: 'Cats' }));
  queries.length = 0;
  await indexDue(db, undefined, shipped);
  const asked = queries.filter((text) => text.startsWith('select') && text.includes('"embeddings"'));
  assert.equal(asked.length, 1);
  const plan = sql<{ detail: string }>`explain query plan ${sql.raw(asked.join('').replaceAll('?', "'x'"))}`;
  const details = (await plan.execute(db)).rows.map(({ detail }) => detail).join('; ');
  assert.match(details, /SEARCH embeddings USING .*\(model=\? AND seq=\?\)/);
  assert.match(details, /SEARCH papers USING COVERING INDEX papers_change \(change_no>\? AND change_no<\?\)/);
});
