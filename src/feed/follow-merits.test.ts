import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { manualClock } from '#platform/clock.ts';
import { sql } from 'kysely';
import { onEachDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import type { Db } from '#schema.ts';
import { followMerits } from './follow-merits.ts';

const id = (number: number) => makeDraft(number).id;

async function count(db: Db, number: number, upvotes: number, changed_at: number): Promise<void> {
  const paper_id = id(number);
  await db.deleteFrom('paper_tallies').where('paper_id', '=', paper_id).execute();
  await db
    .insertInto('paper_tallies')
    .values({
      paper_id,
      upvotes,
      comments: 0,
      commenters: 0,
      last_vote_at: changed_at,
      last_comment_at: null,
      changed_at,
    })
    .execute();
}

onEachDatabase('what breaks near-ties', (open) => {
  test('is read whole at first, then once a minute what was counted since', async () => {
    await using opened = await open();
    const { db } = opened;
    const clock = manualClock(NOW);
    await save(db, makeDraft(1), makeDraft(2), makeDraft(3, { withdrawn: true, comments: 'withdrawn' }));
    await count(db, 1, 3, NOW - 1e9);
    await count(db, 2, 70_000, NOW - 1000);
    const rows = await db.selectFrom('papers').select(['seq', 'id']).execute();
    const seqs = [1, 2, 3].map((number) => rows.find((row) => row.id === id(number))?.seq ?? assert.fail());
    const merits = followMerits(db, clock);
    const votes = async () => {
      const known = await merits();
      return seqs.map((seq) => known.votes[seq] ?? 0);
    };
    assert.deepEqual(await votes(), [3, 65_535, 0]);
    assert.deepEqual([...(await merits()).withdrawn], [seqs[2]]);

    // One vote is taken back, one is cast, and one was counted before the last reading and written after it.
    await count(db, 1, 2, NOW + 10);
    await count(db, 3, 1, NOW - 30_000);
    await save(db, makeDraft(2, { withdrawn: true, comments: 'withdrawn' }));
    opened.queries.length = 0;
    assert.deepEqual(await votes(), [3, 65_535, 0], 'not yet');
    assert.equal(opened.queries.length, 0);
    clock.advance(60_000);
    assert.deepEqual(await votes(), [3, 65_535, 0], 'nobody waits for the reading');
    while (opened.queries.length < 2) await delay(5);
    await delay(50);
    assert.deepEqual(await votes(), [2, 65_535, 1]);
    assert.deepEqual(
      [...(await merits()).withdrawn].toSorted((a, b) => a - b),
      [seqs[1], seqs[2]].toSorted((a = 0, b = 0) => a - b),
    );
    assert.equal(opened.queries.length, 2);
  });

  test('more papers than are read at once are all read', async () => {
    await using opened = await open();
    const { db } = opened;
    for (let start = 1; start <= 2100; start += 300) {
      await save(db, ...Array.from({ length: 300 }, (_, at) => makeDraft(start + at)));
    }
    await sql`insert into paper_tallies (paper_id, upvotes, comments, commenters, changed_at)
      select id, 7, 0, 0, ${NOW} from papers`.execute(db);
    const { votes } = await followMerits(db, manualClock(NOW))();
    const rows = await db.selectFrom('papers').select('seq').execute();
    assert.equal(rows.length, 2100);
    for (const { seq } of rows) assert.equal(votes[seq], 7);
  });

  test('a reading that fails is begun anew by whoever asks next', async () => {
    await using opened = await open();
    const { db } = opened;
    await save(db, makeDraft(1));
    await count(db, 1, 3, NOW);
    await sql`alter table paper_tallies rename to gone`.execute(db);
    const merits = followMerits(db, manualClock(NOW));
    await assert.rejects(merits());
    await sql`alter table gone rename to paper_tallies`.execute(db);
    assert.ok((await merits()).votes.includes(3));
  });
});
