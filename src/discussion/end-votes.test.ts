/** Votes of an account that ends, on both databases. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { deleteAccount } from '#accounts/delete-account.ts';
import { readConfig } from '#platform/config.ts';
import { AppError } from '#platform/errors.ts';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { react } from './change-comment.ts';
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

  test('takes as many statements for much as for little, and counts each paper as it would be counted alone', async () => {
    await using database = await open();
    const { db, queries } = database;
    const many = Array.from({ length: 120 }, (_, index) => makeDraft(index + 1));
    await save(db, ...many);
    await addPeople(db, ['ann', 'eve', 'kim', 'mo']);
    const say = async (paperId: string, userId: string, replyTo?: string) =>
      await writeComment(db, { paperId, userId, body: `${userId} says`, replyTo, newAccountHours: 0, now: NOW });
    for (const [index, { id: paperId }] of many.entries()) {
      await upvote(db, { paperId, userId: 'eve', voted: true, now: NOW });
      if (index % 3 === 0) await upvote(db, { paperId, userId: 'kim', voted: true, now: NOW + index });
      if (index % 20 !== 0) continue;
      const comment = await say(paperId, 'ann');
      for (const userId of ['eve', 'mo']) {
        await say(paperId, userId, comment);
        await react(db, { id: comment, userId, emoji: 'thanks', on: true, now: NOW });
      }
    }
    await upvote(db, { paperId: one.id, userId: 'mo', voted: true, now: NOW });
    queries.length = 0;
    await leave(database, 'mo', NOW + 500);
    const little = queries.length;
    queries.length = 0;
    await leave(database, 'eve', NOW + 1000);
    assert.equal(queries.length, little);
    const tallies = async () =>
      (await db.selectFrom('paper_tallies').selectAll().orderBy('paper_id').execute()).map((row) => ({ ...row }));
    const together = await tallies();
    assert.equal(together.filter(({ upvotes }) => upvotes === 1).length, 40);
    assert.deepEqual(
      [...new Set(together.map(({ comments }) => comments))].toSorted((a, b) => a - b),
      [0, 3],
      'what was said is counted still',
    );
    assert.ok(together.every(({ changed_at }) => changed_at >= NOW + 1000));
    await db.transaction().execute(async (trx) => {
      for (const { id } of many) await recountPaper(trx, id, NOW + 1000);
    });
    const alone = (await tallies()).map((row) => ({ ...row, changed_at: row.changed_at - 1 }));
    assert.deepEqual(together, alone);
    const comments = await db.selectFrom('comments').select(['answers', 'score']).where('is_reply', '=', 0).execute();
    assert.deepEqual(
      comments.map((row) => ({ ...row })),
      Array(6).fill({ answers: 2, score: 0 }),
      'nobody is left who reacted or answered',
    );
  });

  test('is exact whatever others do at the same time', async () => {
    await using database = await open();
    const { db } = database;
    const papers = Array.from({ length: 20 }, (_, index) => makeDraft(index + 1));
    await save(db, ...papers);
    await addPeople(db, ['ann', 'eve', 'kim']);
    for (const { id: paperId } of papers) await upvote(db, { paperId, userId: 'eve', voted: true, now: NOW });
    const vote = async (paperId: string, userId: string, voted: boolean) => {
      // Eve is refused once she has left.
      await upvote(db, { paperId, userId, voted, now: NOW + 1 }).catch((error: unknown) => {
        assert.ok(error instanceof AppError && userId === 'eve');
      });
    };
    await Promise.all([
      ...papers.flatMap(({ id }) => [vote(id, 'ann', true), vote(id, 'eve', false), vote(id, 'eve', true)]),
      leave(database, 'eve', NOW + 2),
      ...papers.map(async ({ id }) => await vote(id, 'kim', true)),
    ]);
    const tallies = await findTallies(db, { ids: papers.map(({ id }) => id) });
    assert.deepEqual(
      papers.map(({ id }) => tallies.get(id)?.upvotes),
      papers.map(() => 2),
    );
  });
});
