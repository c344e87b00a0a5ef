/** Votes of an account that ends, on both databases. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { deleteAccount } from '#accounts/delete-account.ts';
import { readConfig } from '#platform/config.ts';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { endVotes } from './end-votes.ts';
import { listSignals } from './signals.ts';
import { takeTurn } from './take-turn.ts';
import { findTallies, recountPaper } from './tally-store.ts';
import { castVote } from './upvote-store.ts';
import { upvote } from './upvote.ts';
import { listVoters } from './voters.ts';
import { writeComment } from './write-comment.ts';

const [one, two, three] = [makeDraft(1), makeDraft(2), makeDraft(3)];
const FADING = { halfLife: 86_400_000, establishedAfter: 86_400_000 };

onEachDatabase('the votes of somebody who leaves', (open) => {
  const fill = async ({ db }: TestDatabase) => {
    await save(db, one, two, three);
    await addPeople(db, ['ann', 'eve', 'kim']);
    for (const userId of ['ann', 'eve']) await upvote(db, { paperId: one.id, userId, voted: true, now: NOW });
    await writeComment(db, { paperId: two.id, userId: 'eve', body: 'Read it.', newAccountHours: 0, now: NOW });
  };
  const leave = async (database: TestDatabase, id: string, now: number) =>
    await deleteAccount(
      { db: database.db, config: readConfig(database.settings), url: 'https://papers.example' },
      id,
      now,
      async (trx) => await endVotes(trx, id, now),
    );

  test('leave the count, the names and the ranking with the account; what they said stays, and lifts nothing', async () => {
    await using database = await open();
    const { db } = database;
    await fill(database);
    const before = await findTallies(db, { ids: [one.id, two.id] });
    await leave(database, 'eve', NOW + 1);
    const after = await findTallies(db, { ids: [one.id, two.id] });
    assert.equal(after.get(one.id)?.upvotes, 1);
    assert.equal(after.get(two.id)?.comments, 1);
    for (const { id } of [one, two])
      assert.ok((after.get(id)?.changed_at ?? 0) > (before.get(id)?.changed_at ?? 0), 'it is to be ranked anew');
    assert.deepEqual(
      (await listVoters(db, one.id)).items.map(({ person }) => person.name),
      ['ann'],
    );
    const signals = await listSignals(db, { ids: [one.id, two.id] }, FADING);
    assert.deepEqual(
      signals.map(({ paperId, sum, others }) => [paperId, sum?.people, others.length]),
      [[one.id, 1, 0]],
    );
  });

  test('and so does one that was cast, but not committed, when the account ended', async () => {
    await using database = await open();
    const { db } = database;
    await fill(database);
    let leaving: Promise<void> | undefined;
    await db.transaction().execute(async (trx) => {
      await takeTurn(trx, three.id);
      await castVote(trx, three.id, 'eve', NOW + 1);
      assert.equal(await recountPaper(trx, three.id, NOW + 1), 1);
      leaving = leave(database, 'eve', NOW + 2);
      await setTimeout(300);
    });
    await leaving;
    assert.equal((await findTallies(db, { ids: [three.id] })).get(three.id)?.upvotes, 0);
  });
});
