import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setBanned, setHidden } from '#discussion/moderation/moderate.ts';
import { upvote } from '#discussion/upvote.ts';
import { findAppearances } from '#papers/appearances.ts';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { rankAll } from './rank-all.ts';
import { rankDue } from './rank-due.ts';
import { rankPapers } from './rank-papers.ts';
import { MS_PER_DAY } from './signals.ts';

const PAPERS = 300;

onEachDatabase('rankings that meet', (open) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await open();
    const createdAt = NOW - 100 * MS_PER_DAY;
    await addPeople(opened.db, ['ada', 'bob', 'eve', 'kim'], { createdAt });
    await addPeople(opened.db, ['mo'], { createdAt, role: 'moderator' });
    await save(opened.db, ...Array.from({ length: PAPERS }, (_, index) => makeDraft(index + 1)));
    await rankDue({ db: opened.db, now: NOW });
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const id = (number: number) => makeDraft(number).id;
  const read = async (...numbers: number[]) => await findAppearances(opened.db, numbers.map(id));
  const hide = async (number: number, hidden: boolean) =>
    await setHidden(opened.db, { kind: 'paper', id: id(number) }, hidden, {
      by: { id: 'mo' },
      reason: 'A test',
      now: NOW,
    });
  const standing = async (number: number) =>
    await opened.db
      .selectFrom('trending')
      .innerJoin('papers', 'papers.seq', 'trending.seq')
      .selectAll('trending')
      .where('papers.id', '=', id(number))
      .executeTakeFirst();

  test('one that read a paper before it was hidden does not bring it back', async () => {
    const before = await read(1);
    await hide(1, true);
    await rankDue({ db: opened.db, now: NOW + 1 });
    await rankPapers(opened.db, before, { now: NOW });
    assert.equal(await standing(1), undefined);
  });

  test('one that read it while it was hidden does not take it out again', async () => {
    const before = await read(1);
    await hide(1, false);
    await rankDue({ db: opened.db, now: NOW + 2 });
    await rankPapers(opened.db, before, { now: NOW });
    assert.ok(await standing(1));
  });

  test('one that read a paper before its day changed does not put it back under the old one', async () => {
    const before = await read(2);
    await save(opened.db, makeDraft(2, { announcedOn: '2026-01-09', announceType: 'new' }));
    await rankDue({ db: opened.db, now: NOW + 3 });
    const day = (await standing(2))?.day;
    assert.notEqual(day, before[0]?.day, 'it did move');
    await rankPapers(opened.db, before, { now: NOW });
    assert.equal((await standing(2))?.day, day);
  });

  test('a paper that is hidden while its votes are being counted stands nowhere', async () => {
    await upvote(opened.db, { paperId: id(3), userId: 'ada', voted: true, now: NOW + 10 });
    for (let time = 0; time < 10; time++) {
      const stale = await read(3);
      await Promise.all([
        rankPapers(opened.db, stale, { now: NOW }),
        hide(3, true).then(async () => await rankDue({ db: opened.db, now: NOW + 11 })),
      ]);
      assert.equal(await standing(3), undefined);
      await hide(3, false);
      await rankDue({ db: opened.db, now: NOW + 12 });
    }
  });

  test('votes of the same millisecond are all counted, whatever was ranked between them', async () => {
    for (const userId of ['ada', 'bob', 'eve']) {
      await upvote(opened.db, { paperId: id(4), userId, voted: true, now: NOW + 20 });
      await rankDue({ db: opened.db, now: NOW + 20 });
    }
    assert.equal((await standing(4))?.upvotes, 3);
  });

  test('a vote from a process whose clock is behind is counted', async () => {
    await upvote(opened.db, { paperId: id(5), userId: 'ada', voted: true, now: NOW + 30 });
    await rankDue({ db: opened.db, now: NOW + 30 });
    await upvote(opened.db, { paperId: id(5), userId: 'bob', voted: true, now: NOW + 25 });
    await rankDue({ db: opened.db, now: NOW + 30 });
    assert.equal((await standing(5))?.upvotes, 2);
  });

  test('the vote of somebody who was banned since the last time is not counted again', async () => {
    await upvote(opened.db, { paperId: id(6), userId: 'kim', voted: true, now: NOW + 50 });
    await upvote(opened.db, { paperId: id(6), userId: 'ada', voted: true, now: NOW + 50 });
    await rankPapers(opened.db, await read(6), { now: NOW + 60 });
    assert.equal(JSON.parse((await standing(6))?.parts ?? '').voters, 2);
    await setBanned(opened.db, 'kim', true, { by: { id: 'mo' }, reason: 'A test', now: NOW + 55 });
    await rankDue({ db: opened.db, now: NOW + 70 });
    await rankPapers(opened.db, await read(6), { now: NOW + 60 });
    assert.equal(JSON.parse((await standing(6))?.parts ?? '').voters, 1);
  });

  test('many that write the same papers in opposite orders all come to their ends', async () => {
    const papers = await read(...Array.from({ length: PAPERS }, (_, index) => index + 1));
    for (let time = 0; time < 5; time++) {
      await opened.db.updateTable('trending').set({ stands_at: time }).execute();
      const both = [papers, papers.toReversed()];
      await Promise.all([...both, ...both].map(async (some) => await rankPapers(opened.db, some, { now: NOW })));
    }
    const before = await opened.db.selectFrom('trending').selectAll().orderBy('seq').execute();
    await rankAll({ db: opened.db, now: NOW + 40 });
    assert.deepEqual(await opened.db.selectFrom('trending').selectAll().orderBy('seq').execute(), before);
  });
});
