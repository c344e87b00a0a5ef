import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { addPeople } from '../../../test/add-people.ts';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { makeDraft, NOW, save } from '../../../test/drafts.ts';
import { react } from '../change-comment.ts';
import { takeTurn } from '../take-turn.ts';
import { findTallies, recountPaper } from '../tally-store.ts';
import { castVote } from '../upvote-store.ts';
import { upvote } from '../upvote.ts';
import { writeComment } from '../write-comment.ts';
import { setBanned } from './moderate.ts';

const PAPERS = Array.from({ length: 30 }, (_, index) => makeDraft(index + 1));

onEachDatabase('the votes of somebody who is banned', (open) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await open();
    await save(opened.db, ...PAPERS);
    await addPeople(opened.db, ['ada', 'eve', 'kim']);
    await addPeople(opened.db, ['mo'], { role: 'moderator' });
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const vote = async (userId: string, now: number, voted = true) =>
    await Promise.all(PAPERS.map(async ({ id }) => await upvote(opened.db, { paperId: id, userId, voted, now })));
  const ban = async (userId: string, banned: boolean, now: number) =>
    await setBanned(opened.db, userId, banned, { by: { id: 'mo' }, reason: 'A ring', now });
  const counts = async () => {
    const tallies = await findTallies(opened.db, { ids: PAPERS.map(({ id }) => id) });
    return [...new Set(PAPERS.map(({ id }) => tallies.get(id)?.upvotes ?? 0))];
  };

  test('count nowhere while the ban lasts, whatever others do meanwhile', async () => {
    for (const person of ['ada', 'eve', 'kim']) await vote(person, NOW);
    assert.deepEqual(await counts(), [3]);
    await ban('eve', true, NOW + 1);
    assert.deepEqual(await counts(), [2]);
    await vote('kim', NOW + 2, false);
    assert.deepEqual(await counts(), [1]);
    await ban('eve', false, NOW + 3);
    assert.deepEqual(await counts(), [2]);
  });

  test('count nowhere either where one was cast, but not committed, when the ban began', async () => {
    await vote('eve', NOW + 10, false);
    const paperId = PAPERS[0]?.id ?? '';
    let banning: Promise<unknown> | undefined;
    await opened.db.transaction().execute(async (trx) => {
      await takeTurn(trx, paperId);
      await castVote(trx, paperId, 'eve', NOW + 11);
      assert.equal(await recountPaper(trx, paperId, NOW + 11), 2);
      banning = ban('eve', true, NOW + 12);
      await setTimeout(300);
    });
    await banning;
    assert.deepEqual(await counts(), [1]);
    await ban('eve', false, NOW + 13);
  });

  test('are counted with a time of their own, so that the rankings see it', async () => {
    const times = async () => {
      const rows = await opened.db.selectFrom('paper_tallies').select('changed_at').execute();
      return rows.map((row) => row.changed_at);
    };
    await vote('eve', NOW + 90);
    const before = Math.max(...(await times()));
    await ban('eve', true, NOW + 100);
    assert.ok(Math.min(...(await times())) > before);
  });

  test('lift no comment either, nor does what they answer or react with, while the ban lasts', async () => {
    const { db } = opened;
    await ban('eve', false, NOW + 199);
    const said = { paperId: PAPERS[1]?.id ?? '', newAccountHours: 0, now: NOW + 200 };
    const id = await writeComment(db, { ...said, userId: 'ada', body: 'Worth it?' });
    await writeComment(db, { ...said, userId: 'kim', body: 'Yes', replyTo: id });
    await writeComment(db, { ...said, userId: 'eve', body: 'No', replyTo: id });
    await react(db, { id, userId: 'eve', emoji: 'agree', on: true, now: NOW + 201 });
    const echo = async () => ({
      ...(await db.selectFrom('comments').select(['answers', 'score']).where('id', '=', id).executeTakeFirst()),
    });
    const before = await echo();
    await ban('eve', true, NOW + 203);
    assert.deepEqual(await echo(), { answers: 2, score: 1000 });
    await ban('eve', false, NOW + 204);
    assert.deepEqual(await echo(), before);
    assert.deepEqual(before, { answers: 2, score: Math.round(1000 * (1 + Math.sqrt(2))) });
  });
});
