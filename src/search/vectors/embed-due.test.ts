import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { AppError } from '#platform/errors.ts';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { makeDraft, save } from '../../../test/drafts.ts';
import type { Embeddable, Embedder } from '../embedder.ts';
import { countUnembedded, dropEmbeddings, embedDue, listEmbeddedModels } from './embed-due.ts';
import { followVectors } from './live-vectors.ts';
import { vectorOf } from './vector-index.ts';

/** Vectors that say how long the title is; keeps what it was asked. */
function toyEmbedder(name = 'toy', dimensions = 3): Embedder & { asked: Embeddable[] } {
  const asked: Embeddable[] = [];
  return {
    name,
    asked,
    encode: async (texts) => {
      asked.push(...texts);
      return texts.map((text) => {
        const angle = (typeof text === 'string' ? text : text.title).length / 100;
        const vector = new Float32Array(dimensions);
        vector.set([Math.cos(angle), Math.sin(angle)]);
        return vector;
      });
    },
  };
}

onEachDatabase('embedding what is due', (open) => {
  const titles = async ({ db }: TestDatabase, model = 'toy') => {
    const index = await followVectors(db, model).current();
    if (index === undefined) return [];
    const papers = await db.selectFrom('papers').select(['seq', 'title']).orderBy('seq').execute();
    return papers.flatMap(({ seq, title }) => {
      const [x = 0, y = 0] = vectorOf(index, seq) ?? [];
      if (x === 0 && y === 0) return [];
      assert.ok(Math.abs(Math.atan2(y, x) - title.length / 100) < 0.01, `${title} has the vector of another title`);
      return [title];
    });
  };

  test('each paper gets a vector once, and a new one when its text changes', async () => {
    await using opened = await open();
    const { db } = opened;
    const embedder = toyEmbedder();
    await save(db, makeDraft(1, { title: 'One' }), makeDraft(2, { title: 'Two and more' }));
    assert.equal(await countUnembedded(db, 'toy'), 2);
    assert.equal(await embedDue({ db, embedder }), 2);
    assert.deepEqual(await titles(opened), ['One', 'Two and more']);
    assert.equal(await countUnembedded(db, 'toy'), 0);
    assert.equal(await embedDue({ db, embedder }), 0);

    await save(db, makeDraft(1, { title: 'One with another title' }));
    assert.equal(await countUnembedded(db, 'toy'), 1);
    assert.equal(await embedDue({ db, embedder }), 1);
    assert.deepEqual(await titles(opened), ['One with another title', 'Two and more']);
    assert.equal(embedder.asked.length, 3);
  });

  test('a paper of which something else changed is not encoded again', async () => {
    await using opened = await open();
    const { db } = opened;
    const embedder = toyEmbedder();
    await save(db, makeDraft(1), makeDraft(2));
    await embedDue({ db, embedder });
    await save(db, makeDraft(1, { comments: '12 pages' }));
    assert.equal(await embedDue({ db, embedder }), 1);
    assert.equal(await countUnembedded(db, 'toy'), 0);
    assert.equal(embedder.asked.length, 2);
  });

  test('more than a batch, in two processes at once: none is left out, the vectors are the right ones', async () => {
    await using opened = await open();
    const { db } = opened;
    const drafts = Array.from({ length: 2300 }, (_, at) => makeDraft(at + 1, { title: 'x'.repeat(1 + (at % 200)) }));
    for (let at = 0; at < drafts.length; at += 500) await save(db, ...drafts.slice(at, at + 500));
    const seen = await Promise.all([
      embedDue({ db, embedder: toyEmbedder() }),
      embedDue({ db, embedder: toyEmbedder() }),
    ]);
    assert.equal(seen[0] + seen[1], 2300);
    assert.equal((await titles(opened)).length, 2300);
  });

  test('no transaction is open while the model works', async () => {
    await using opened = await open();
    const { db } = opened;
    await save(db, makeDraft(1, { title: 'One' }));
    const slow = toyEmbedder();
    const embedder: Embedder = {
      name: 'toy',
      encode: async (texts) => {
        const vectors = await slow.encode(texts);
        // Would wait for ever if embedding held the lock of writers.
        if (slow.asked.length === 1) await save(db, makeDraft(1, { title: 'One, changed meanwhile' }));
        return vectors;
      },
    };
    assert.equal(await embedDue({ db, embedder }), 2);
    assert.deepEqual(await titles(opened), ['One, changed meanwhile']);
  });

  test('when the model fails, what was done before is kept, and the rest is still due', async () => {
    await using opened = await open();
    const { db } = opened;
    const drafts = Array.from({ length: 1100 }, (_, at) => makeDraft(at + 1));
    for (let at = 0; at < drafts.length; at += 500) await save(db, ...drafts.slice(at, at + 500));
    const toy = toyEmbedder();
    const broken: Embedder = {
      name: 'toy',
      batch: 1000,
      encode: async (texts) => {
        if (toy.asked.length > 0) throw new AppError('upstream', 'The server is gone.');
        return await toy.encode(texts);
      },
    };
    await assert.rejects(embedDue({ db, embedder: broken }), /The server is gone/);
    assert.equal(await countUnembedded(db, 'toy'), 100);
    const stop = new AbortController();
    stop.abort();
    assert.equal(await embedDue({ db, embedder: toy, signal: stop.signal }), 0);
    assert.equal(await embedDue({ db, embedder: toy }), 100);
  });

  test('models do not meet; one that is dropped leaves nothing', async () => {
    await using opened = await open();
    const { db } = opened;
    await save(db, makeDraft(1, { title: 'One' }), makeDraft(2, { title: 'Two' }));
    await embedDue({ db, embedder: toyEmbedder('toy') });
    await embedDue({ db, embedder: toyEmbedder('host/other_model%', 5) });
    assert.deepEqual(await listEmbeddedModels(db), ['host/other_model%', 'toy']);
    assert.equal((await followVectors(db, 'host/other_model%').current())?.dimensions, 5);
    assert.equal(await dropEmbeddings(db, 'host/other_model%'), 2);
    assert.deepEqual(await listEmbeddedModels(db), ['toy']);
    assert.equal(await countUnembedded(db, 'host/other_model%'), 2);
    assert.equal(await followVectors(db, 'host/other_model%').current(), undefined);
    assert.deepEqual(await titles(opened), ['One', 'Two']);
  });

  test('the index in memory follows what another process embeds, with one query when there is nothing new', async () => {
    await using opened = await open();
    const { db } = opened;
    const live = followVectors(db, 'toy');
    assert.equal(await live.current(), undefined);
    await save(db, makeDraft(1, { title: 'One' }));
    await embedDue({ db, embedder: toyEmbedder() });
    assert.equal((await live.current())?.count, 1);
    await save(db, makeDraft(2), makeDraft(3), makeDraft(1, { title: 'One, changed' }));
    await embedDue({ db, embedder: toyEmbedder() });
    const [first, second] = await Promise.all([live.current(), live.current()]);
    assert.equal(first, second);
    assert.equal(first?.count, 3);
    const [x = 0, y = 0] = vectorOf(first, 1) ?? [];
    assert.ok(Math.abs(Math.atan2(y, x) - 'One, changed'.length / 100) < 0.01);
    opened.queries.length = 0;
    await live.current();
    assert.equal(opened.queries.length, 1);
  });

  test('every byte comes back from the database as it went in', async () => {
    await using opened = await open();
    const { db } = opened;
    const made = new Map<string, Float32Array>();
    const embedder: Embedder = {
      name: 'bytes',
      encode: async (texts) =>
        texts.map((text, at) => {
          const vector = Float32Array.from({ length: 255 }, (_, k) => ((k * (at + 1)) % 255) - 127);
          made.set(typeof text === 'string' ? text : text.title, vector);
          return vector;
        }),
    };
    await save(db, ...Array.from({ length: 120 }, (_, at) => makeDraft(at + 1)));
    await embedDue({ db, embedder });
    const index = (await followVectors(db, 'bytes').current()) ?? assert.fail();
    for (const { seq, title } of await db.selectFrom('papers').select(['seq', 'title']).execute()) {
      const expected = made.get(title) ?? assert.fail();
      const start = ((index.places[seq] ?? 0) - 1) * index.stride;
      assert.deepEqual([...index.bytes.subarray(start, start + 255)], [...expected], title);
    }
  });

  test('vectors of a wrong length are left out and counted', async () => {
    await using opened = await open();
    const { db } = opened;
    await save(db, ...[1, 2, 3, 4].map((number) => makeDraft(number)));
    await embedDue({ db, embedder: toyEmbedder() });
    const cut = opened.dialect === 'sqlite' ? sql`x'01'` : sql`'\\x01'::bytea`;
    await sql`update embeddings set vector = ${cut} where seq in (select min(seq) from papers)`.execute(db);
    const damaged: number[] = [];
    const index = await followVectors(db, 'toy', (count) => damaged.push(count)).current();
    assert.equal(index?.count, 3);
    assert.deepEqual(damaged, [1]);
  });
});
