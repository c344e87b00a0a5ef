import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { listChangedSince, listSignals } from './signals.ts';
import { upvote } from './upvote.ts';

const paper = (number: number) => makeDraft(number).id;
const HOUR = 3_600_000;
const CROWD = Array.from({ length: 100 }, (_, index) => `person-${index}`);

onEachDatabase('upvotes', (open) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await open();
    await save(opened.db, ...Array.from({ length: 9 }, (_, index) => makeDraft(index + 1)));
    await addPeople(opened.db, ['ada', 'bob', 'eve', ...CROWD]);
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const vote = async (number: number, userId: string, voted: boolean, now = NOW) =>
    await upvote(opened.db, { paperId: paper(number), userId, voted, now });

  const votesIn = async (number: number) =>
    (await listSignals(opened.db, { ids: [paper(number)] }, { halfLife: HOUR, establishedAfter: 24 * HOUR })).map(
      ({ sum, others }) => ({ sum, others }),
    );

  test('each person counts once, however often the form is sent', async () => {
    assert.equal(await vote(1, 'ada', true), 1);
    assert.equal(await vote(1, 'ada', true), 1);
    assert.equal(await vote(1, 'bob', true), 2);
    assert.equal(await vote(1, 'ada', false), 1);
    assert.equal(await vote(1, 'ada', false), 1);
    assert.equal(await vote(1, 'eve', false), 1, 'who never voted has nothing to take back');
  });

  test('a hundred people at once, each clicking twice, count as a hundred', async () => {
    await Promise.all([...CROWD, ...CROWD].map(async (person) => await vote(2, person, true)));
    assert.equal(await vote(2, 'person-7', true), 100);
  });

  test('a vote that was taken back and cast anew keeps its first time', async () => {
    await vote(5, 'ada', true, NOW);
    await vote(5, 'ada', false, NOW + 1000);
    assert.deepEqual(await votesIn(5), []);
    await vote(5, 'ada', true, NOW + 9000);
    assert.deepEqual(await votesIn(5), [{ sum: { people: 1, votes: 1, at: NOW, newest: NOW }, others: [] }]);
  });

  test('what has changed since a time is told in its order; sending a form twice changes nothing', async () => {
    await vote(7, 'ada', true, NOW + 50_000);
    await vote(6, 'ada', true, NOW + 60_000);
    await vote(7, 'ada', true, NOW + 70_000);
    const changed = await listChangedSince(opened.db, NOW + 50_000, 10);
    assert.deepEqual(
      changed.map((row) => ({ ...row })),
      [
        { paperId: paper(7), changedAt: NOW + 50_000 },
        { paperId: paper(6), changedAt: NOW + 60_000 },
      ],
    );
  });

  test('a paper that is not here cannot be voted for', async () => {
    await assert.rejects(
      upvote(opened.db, { paperId: '2601.99999', userId: 'ada', voted: true, now: NOW }),
      /not here/,
    );
  });

  test('whatever people do in whatever order, the count is of those whose last word was yes', async () => {
    const act = fc.record({ who: fc.constantFrom('ada', 'bob', 'eve'), voted: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
        let count = 0;
        for (const who of ['ada', 'bob', 'eve']) await vote(8, who, false);
        for (const { who, voted } of acts) count = await vote(8, who, voted);
        const last = new Map(acts.map(({ who, voted }) => [who, voted]));
        assert.equal(count, [...last.values()].filter(Boolean).length);
      }),
      { numRuns: 30 },
    );
  });
});
