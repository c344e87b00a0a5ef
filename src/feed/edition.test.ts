import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { upvote } from '#discussion/upvote.ts';
import { saveSubmissions } from '#papers/submission-store.ts';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, save } from '../../test/drafts.ts';
import { describeEdition, newestEditionDay } from './edition.ts';
import { listEdition } from './edition-list.ts';

const TODAY = '2026-01-10';
const day = (first: string, last = first) => ({ first, last });
const id = (number: number) => makeDraft(number).id;

onEachDatabase('editions', (open) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await open();
    await save(
      opened.db,
      ...[1, 2, 3].map((number) => makeDraft(number, { announcedOn: '2026-01-06' })),
      makeDraft(4, { announcedOn: '2026-01-08' }),
      makeDraft(5, { announcedOn: '2026-02-20' }), // in the future
    );
    const { announcedOn: _, ...old } = makeDraft(9);
    await save(opened.db, { ...old, publishedOn: '2020-01-01' });
    await saveSubmissions(opened.db, [
      { paper_id: id(9), day: '2026-01-06', position: 1, submitted_at: 0, user_id: null },
      { paper_id: id(2), day: '2026-01-06', position: 2, submitted_at: 0, user_id: null },
      { paper_id: id(1), day: '2026-01-09', position: 1, submitted_at: 0, user_id: null },
    ]);
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const idsOf = async (range: { first: string; last: string }, limit = 50) =>
    (await listEdition(opened.db, range, { limit })).ids;

  const pagesOf = async (range: { first: string; last: string }, limit: number) => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listEdition(opened.db, range, { limit, after });
      seen.push(...page.ids);
      after = page.next;
    } while (after !== undefined);
    return seen;
  };

  test('submissions come first in their order, then what was announced, newest first, nothing twice', async () => {
    assert.deepEqual(await idsOf(day('2026-01-06')), [id(9), id(2), id(3), id(1)]);
  });

  test('a week and a month hold their days, newest first', async () => {
    assert.deepEqual(await idsOf(day('2026-01-05', '2026-01-11')), [id(1), id(9), id(2), id(4), id(3)]);
  });

  test('pages of any size add up to the whole, without repeats', async () => {
    const whole = await idsOf(day('2026-01-05', '2026-01-11'));
    for (const limit of [1, 2, 3, 5]) {
      assert.deepEqual(await pagesOf(day('2026-01-05', '2026-01-11'), limit), whole, `limit ${limit}`);
    }
  });

  test('neighbours skip empty days and the future', async () => {
    assert.deepEqual(await describeEdition(opened.db, day('2026-01-08'), TODAY), {
      count: 1,
      submitted: 0,
      before: '2026-01-06',
      after: '2026-01-09',
    });
    assert.deepEqual(await describeEdition(opened.db, day('2026-01-06'), TODAY), {
      count: 4,
      submitted: 2,
      before: null,
      after: '2026-01-08',
    });
    assert.deepEqual(await describeEdition(opened.db, day('2026-01-09'), TODAY), {
      count: 1,
      submitted: 1,
      before: '2026-01-08',
      after: null,
    });
  });

  test('the newest edition is today’s or the last before', async () => {
    assert.equal(await newestEditionDay(opened.db, TODAY), '2026-01-09');
    assert.equal(await newestEditionDay(opened.db, '2026-01-07'), '2026-01-06');
    assert.equal(await newestEditionDay(opened.db, '2025-01-01'), undefined);
  });

  test('votes come before placement, over the whole of a week, and pages still add up', async () => {
    const vote = { now: 0, voted: true };
    await addPeople(opened.db, ['person-0', 'person-1']);
    for (const [number, people] of [
      [4, 2],
      [3, 1],
      [2, 1],
      [1, 1],
    ] as const) {
      for (let person = 0; person < people; person += 1)
        await upvote(opened.db, { ...vote, paperId: id(number), userId: `person-${person}` });
    }
    const week = day('2026-01-05', '2026-01-11');
    const whole = await idsOf(week);
    assert.deepEqual(whole, [id(4), id(1), id(2), id(3), id(9)]);
    assert.deepEqual(await idsOf(day('2026-01-06')), [id(2), id(3), id(1), id(9)]);
    assert.deepEqual(await pagesOf(week, 1), whole);
    assert.deepEqual(await pagesOf(week, 2), whole);
    opened.queries.length = 0;
    await idsOf(week);
    assert.equal(opened.queries.length, 1);
  });

  test('a page mark that is not ours is refused with what leads on', async () => {
    for (const after of ['', 'nonsense', 'eyJhIjoxfQ', 'WyJkIiwiYSIsImIiXQ']) {
      await assert.rejects(
        listEdition(opened.db, day('2026-01-06'), { limit: 5, after }),
        (error: Error & { hint?: string }) => {
          assert.match(error.hint ?? '', /Leave "after" out/);
          return true;
        },
      );
    }
  });
});
