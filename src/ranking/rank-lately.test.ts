/** A vote gets its place whatever else is due. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setBanned } from '#discussion/moderation/moderate.ts';
import { recountPaper } from '#discussion/tally-store.ts';
import { upvote } from '#discussion/upvote.ts';
import type { Db } from '#schema.ts';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { SMALL_STEPS } from './steps.ts';
import { rankDue } from './rank-due.ts';
import { rankLately } from './rank-lately.ts';
import { MS_PER_DAY } from './signals.ts';

/** More than two steps. */
const PAPERS = 2 * SMALL_STEPS.papers + 100;
const SECOND = 1_000;

/** After each statement `answered` is called, and what was asked for is handed out once that is through. */
function watch(db: Db, answered: () => Promise<void>): Db {
  return db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      await answered();
      return result;
    },
  });
}

onEachDatabase('what people did just now', (open) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await open();
    const createdAt = NOW - 100 * MS_PER_DAY;
    await addPeople(opened.db, ['ada', 'bob', 'eve', 'ring'], { createdAt });
    await addPeople(opened.db, ['mo'], { createdAt, role: 'moderator' });
    await save(opened.db, ...Array.from({ length: PAPERS }, (_, index) => makeDraft(index + 1)));
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const id = (number: number) => makeDraft(number).id;
  const vote = async (number: number, userId: string, now: number) =>
    await upvote(opened.db, { paperId: id(number), userId, voted: true, now });
  const votesInList = async (number: number) => {
    const row = await opened.db
      .selectFrom('trending')
      .innerJoin('papers', 'papers.seq', 'trending.seq')
      .select('trending.upvotes')
      .where('papers.id', '=', id(number))
      .executeTakeFirst();
    return row?.upvotes;
  };
  const placed = async () => (await opened.db.selectFrom('trending').select('seq').execute()).length;

  test('has its place, however many papers have none yet', async () => {
    await vote(PAPERS, 'ada', NOW);
    await rankLately({ db: opened.db, now: NOW });
    assert.equal(await votesInList(PAPERS), 1);
    assert.ok((await placed()) <= 1 + SMALL_STEPS.papers, 'the others are left to the job');
  });

  test('has its place while the job is held up in the middle of all others', async () => {
    const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let answers = 0;
    const held = watch(opened.db, async () => {
      answers++;
      if (answers !== 3) return;
      reached.resolve();
      await released.promise;
    });
    const job = rankDue({ db: held, now: NOW });
    await reached.promise;
    await vote(PAPERS, 'bob', NOW + SECOND);
    await rankLately({ db: opened.db, now: NOW + SECOND });
    assert.equal(await votesInList(PAPERS), 2);
    assert.ok((await placed()) < PAPERS, 'the job is not through');
    released.resolve();
    await job;
    assert.deepEqual([await placed(), await votesInList(PAPERS)], [PAPERS, 2]);
  });

  test('has its place before most of what a ban counted anew, and nothing of that is left out', async () => {
    const now = NOW + 2 * MS_PER_DAY;
    const voted = Array.from({ length: PAPERS - 1 }, (_, index) => index + 1);
    await opened.db
      .insertInto('upvotes')
      .values(
        voted.map((number) => ({
          paper_id: id(number),
          user_id: 'ring',
          voted_at: NOW,
          account_made_at: NOW - 100 * MS_PER_DAY,
        })),
      )
      .execute();
    await opened.db.transaction().execute(async (trx) => {
      for (const number of voted) await recountPaper(trx, id(number), NOW);
    });
    await rankDue({ db: opened.db, now: NOW + SECOND });
    assert.equal(await votesInList(1), 1);
    await setBanned(opened.db, 'ring', true, { by: { id: 'mo' }, reason: 'A test', now });
    const recounted = async () => {
      const still = await opened.db.selectFrom('trending').select('seq').where('upvotes', '=', 1).execute();
      return voted.length - still.length;
    };
    let isCast = false;
    let before: number | undefined;
    const watched = watch(opened.db, async () => {
      if (!isCast) {
        isCast = true;
        await vote(PAPERS, 'eve', now + SECOND);
      } else if (before === undefined && (await votesInList(PAPERS)) === 3) before = await recounted();
    });
    await rankLately({ db: watched, now });
    assert.ok(before !== undefined && before < PAPERS / 2, `${before} of ${voted.length} came before it`);
    for (const number of voted) assert.equal(await votesInList(number), 0, id(number));
  });
});
