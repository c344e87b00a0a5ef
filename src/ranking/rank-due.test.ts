import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setBanned } from '#discussion/moderation/moderate.ts';
import { upvote } from '#discussion/upvote.ts';
import { writeComment } from '#discussion/write-comment.ts';
import { setLinks } from '#papers/set-links.ts';
import { saveStars } from '#papers/star-store.ts';
import { saveSubmissions } from '#papers/submission-store.ts';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { rankAll } from './rank-all.ts';
import { rankDue, rankStarred } from './rank-due.ts';
import type { TrendingParts } from './score.ts';
import { MS_PER_DAY } from './signals.ts';

const person = (name: string, created_at: number) => ({
  id: name,
  name,
  email_verified: 1,
  role: 'reader' as const,
  created_at,
  updated_at: created_at,
});

onEachDatabase('what is due in the trending lists', (open) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await open();
    const made = ['ada', 'bob', 'eve', 'kim', 'lee', 'max', 'noa', 'late'].map((name) =>
      person(name, NOW - 100 * MS_PER_DAY),
    );
    await opened.db
      .insertInto('users')
      .values([...made, person('new', NOW)])
      .execute();
    await addPeople(opened.db, ['mo'], { role: 'moderator' });
    await save(opened.db, ...Array.from({ length: 5 }, (_, index) => makeDraft(index + 1)));
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const id = (number: number) => makeDraft(number).id;
  const vote = async (number: number, userId: string, now: number, voted = true) =>
    await upvote(opened.db, { paperId: id(number), userId, voted, now });
  const rows = async () =>
    await opened.db
      .selectFrom('trending')
      .innerJoin('papers', 'papers.seq', 'trending.seq')
      .select(['papers.id', 'papers.published_on', 'stands_at', 'trending.day', 'upvotes', 'signals_at', 'parts'])
      .orderBy('stands_at', 'desc')
      .orderBy('trending.seq', 'desc')
      .execute();
  const first = async () => (await rows())[0]?.id;

  test('a paper that nobody voted for stands at its date', async () => {
    await rankDue({ db: opened.db, now: NOW });
    const all = await rows();
    assert.equal(all.length, 5);
    for (const row of all) {
      assert.equal(row.day, '2026-01-06', 'under the day on which it was announced');
      assert.equal(row.stands_at, Date.parse(row.published_on));
      assert.equal(row.parts, '');
    }
  });

  test('a vote lifts it, taking it back puts it where it was', async () => {
    const before = await rows();
    await vote(3, 'ada', NOW);
    await rankDue({ db: opened.db, now: NOW + 5 });
    assert.equal(await first(), id(3));
    await vote(3, 'ada', NOW + 10, false);
    await rankDue({ db: opened.db, now: NOW + 15 });
    const stands = (list: typeof before) => list.map((row) => [row.id, row.stands_at, row.parts]);
    assert.deepEqual(stands(await rows()), stands(before));
  });

  test('more votes stand above fewer, and what was counted is kept', async () => {
    for (const person of ['ada', 'bob', 'eve']) await vote(2, person, NOW + 20);
    for (const person of ['ada', 'bob']) await vote(4, person, NOW + 30);
    await rankDue({ db: opened.db, now: NOW + 40 });
    const [one, two] = await rows();
    assert.deepEqual([one?.id, two?.id], [id(2), id(4)]);
    assert.equal(one?.upvotes, 3);
    assert.equal(JSON.parse(one?.parts ?? '').voters, 3);
  });

  test('a vote is found even if its transaction ended half a minute after others that came later', async () => {
    await vote(5, 'ada', NOW + 99_000);
    await rankDue({ db: opened.db, now: NOW + 100_000 });
    // One is the first of its paper, the other comes after one that says it is later.
    for (const paper of [1, 5]) await vote(paper, 'late', NOW + 70_000);
    await rankDue({ db: opened.db, now: NOW + 100_100 });
    const upvotes = async (paper: number) => (await rows()).find((row) => row.id === id(paper))?.upvotes;
    assert.deepEqual([await upvotes(1), await upvotes(5)], [1, 2]);
    await vote(1, 'late', NOW + 70_000, false);
    await rankDue({ db: opened.db, now: NOW + 100_150 });
    assert.equal(await upvotes(1), 0);
  });

  test('nothing is written when nothing has changed, and the whole comes out the same', async () => {
    const before = await rows();
    opened.queries.length = 0;
    await rankDue({ db: opened.db, now: NOW + 100_200 });
    assert.ok(
      opened.queries.every((query) => !/insert into "trending" /.test(query)),
      opened.queries.join('\n'),
    );
    await rankAll({ db: opened.db, now: NOW + 100_300 });
    assert.deepEqual(await rows(), before);
  });

  test('a changed constant counts from the next time on', async () => {
    await opened.db.updateTable('trending').set({ stands_at: 1 }).execute();
    await rankDue({ db: opened.db, now: NOW + 100_400 });
    assert.equal((await rows())[0]?.stands_at, 1, 'nobody told that anything changed');
    await opened.db.updateTable('trending_watermarks').set({ value: 1 }).where('name', '=', 'formula').execute();
    await rankDue({ db: opened.db, now: NOW + 100_500 });
    assert.equal(await first(), id(2));
  });

  test('a new paper is ranked, and stands under the day for which it was submitted', async () => {
    await save(opened.db, makeDraft(6), makeDraft(7));
    await saveSubmissions(opened.db, [
      { paper_id: id(7), day: '2026-01-09', position: 1, submitted_at: NOW, user_id: 'ada' },
    ]);
    await rankDue({ db: opened.db, now: NOW + 100_600 });
    const all = await rows();
    assert.equal(all.length, 7);
    assert.equal(all.find((row) => row.id === id(7))?.day, '2026-01-09');
  });

  test('a stale result does not overwrite a newer one', async () => {
    const before = (await rows()).find((row) => row.id === id(2));
    await opened.db
      .updateTable('trending')
      .set({ signals_at: NOW + 10 * MS_PER_DAY })
      .where('upvotes', '=', 3)
      .execute();
    await rankAll({ db: opened.db, now: NOW + 100_700 });
    const after = (await rows()).find((row) => row.id === id(2));
    assert.equal(after?.signals_at, NOW + 10 * MS_PER_DAY);
    assert.equal(after?.stands_at, before?.stands_at);
  });

  test('two processes at once come to the same', async () => {
    for (const person of ['kim', 'lee', 'max', 'noa']) await vote(1, person, NOW + 100_800);
    await Promise.all([1, 2, 3].map(async (by) => await rankDue({ db: opened.db, now: NOW + 100_800 + by })));
    assert.equal(await first(), id(1));
    assert.equal((await rows())[0]?.upvotes, 4);
  });

  const parts = async (number: number) =>
    JSON.parse((await rows()).find((row) => row.id === id(number))?.parts || '{}') as Partial<TrendingParts>;

  test('the vote of who submitted the paper does not count, and those of new and banned people hardly and not at all', async () => {
    await save(opened.db, makeDraft(8));
    const submission = { paper_id: id(8), day: '2026-01-06', position: 2, submitted_at: NOW, user_id: 'ada' };
    await saveSubmissions(opened.db, [submission]);
    for (const voter of ['ada', 'bob', 'new']) await vote(8, voter, NOW + 200_000);
    await opened.db.updateTable('users').set({ banned_at: NOW }).where('id', '=', 'bob').execute();
    await rankDue({ db: opened.db, now: NOW + 200_100 });
    const { voters, newcomers, lift = 9 } = await parts(8);
    assert.deepEqual([voters, newcomers], [1, 1]);
    assert.ok(lift < 1);
  });

  test('a ban and its end are found like votes, those of who only commented too', async () => {
    await writeComment(opened.db, {
      ...{ paperId: id(1), userId: 'eve', body: 'Well said.', newAccountHours: 24, now: NOW + 200_110 },
    });
    for (const banned of [true, false]) {
      for (const person of ['kim', 'eve'])
        await setBanned(opened.db, person, banned, { by: { id: 'mo' }, reason: 'A ring', now: NOW + 200_200 });
      await rankDue({ db: opened.db, now: NOW + 200_300 });
      const { voters, commenters } = await parts(1);
      assert.deepEqual([voters, commenters], banned ? [3, 0] : [4, 1]);
      assert.equal((await rows()).find((row) => row.id === id(1))?.upvotes, banned ? 3 : 4);
    }
  });

  test('stars that its code gains lift a paper', async () => {
    await saveStars(opened.db, { paper_id: id(6), day: '2026-01-05', stars: 10 });
    await rankStarred({ db: opened.db, now: NOW });
    assert.deepEqual(await parts(6), {}, 'one reading says nothing');
    await saveStars(opened.db, { paper_id: id(6), day: '2026-01-06', stars: 210 });
    await rankStarred({ db: opened.db, now: NOW });
    assert.equal((await parts(6)).starsPerDay, 200);
  });

  test('stars of code that the submitter named do not; those of code that a moderator named, or arXiv, do', async () => {
    // 7 was submitted by ada.
    const link = async (who: string, isModerator: boolean, name: string, project: string | null = null) =>
      await setLinks(opened.db, {
        id: id(7),
        links: { codeUrl: `https://github.com/${name}`, projectUrl: project },
        by: async () => await Promise.resolve({ id: who, isModerator }),
        now: NOW,
      });
    const gainOf = async () => {
      await saveStars(opened.db, { paper_id: id(7), day: '2026-01-05', stars: 10 });
      await saveStars(opened.db, { paper_id: id(7), day: '2026-01-06', stars: 1010 });
      await rankStarred({ db: opened.db, now: NOW });
      return (await parts(7)).starsPerDay ?? 0;
    };
    assert.equal(await gainOf(), 1000, 'as its source says');
    await link('ada', false, 'viral/thing');
    assert.equal(await gainOf(), 0);
    await link('bob', true, 'ada/code');
    assert.equal(await gainOf(), 1000);
    await link('ada', false, 'ada/code', 'https://ada.example/');
    assert.equal(await gainOf(), 1000, 'who changes another link says nothing of the code');
  });

  test('a paper that was here and is submitted moves to the day of its edition', async () => {
    await rankDue({ db: opened.db, now: NOW + 200_300 });
    await saveSubmissions(opened.db, [
      { paper_id: id(4), day: '2026-01-08', position: 1, submitted_at: NOW, user_id: 'bob' },
    ]);
    await rankDue({ db: opened.db, now: NOW + 200_400 });
    assert.equal((await rows()).find((row) => row.id === id(4))?.day, '2026-01-08');
  });

  test('the vote of its submitter takes nothing from votes that came years before', async () => {
    await save(opened.db, makeDraft(9));
    const submission = { paper_id: id(9), day: '2026-01-06', position: 3, submitted_at: NOW, user_id: 'ada' };
    await saveSubmissions(opened.db, [submission]);
    for (const voter of ['kim', 'lee']) await vote(9, voter, NOW + MS_PER_DAY);
    await rankDue({ db: opened.db, now: NOW + MS_PER_DAY });
    const standsAt = async () => (await rows()).find((row) => row.id === id(9))?.stands_at;
    const before = await standsAt();
    const later = NOW + 1_200 * MS_PER_DAY;
    await vote(9, 'ada', later);
    await rankDue({ db: opened.db, now: later });
    assert.equal((await rows()).find((row) => row.id === id(9))?.upvotes, 3, 'it was looked at');
    assert.equal(await standsAt(), before);
    await vote(9, 'ada', later, false);
    await rankDue({ db: opened.db, now: later });
  });
});
