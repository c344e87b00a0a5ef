import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { upvote } from '#discussion/upvote.ts';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { hydrate } from './hydrate.ts';

const paper = (number: number) => makeDraft(number).id;

onEachDatabase('cards', (open) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await open();
    await save(opened.db, makeDraft(1), makeDraft(2));
    await addPeople(opened.db, ['ada']);
  });
  after(async () => await opened[Symbol.asyncDispose]());

  test('know the votes, and whether the reader’s is among them', async () => {
    const votesOf = async (viewer?: string) =>
      (await hydrate(opened.db, [paper(2), '2601.99999', paper(1)], viewer)).map(({ votes, voted }) => [votes, voted]);
    const vote = { paperId: paper(1), userId: 'ada', now: NOW };
    await upvote(opened.db, { ...vote, voted: true });
    assert.deepEqual(await votesOf('ada'), [
      [0, false],
      [1, true],
    ]);
    assert.deepEqual(await votesOf('bob'), [
      [0, false],
      [1, false],
    ]);
    assert.deepEqual(await votesOf(), [
      [0, false],
      [1, false],
    ]);
    await upvote(opened.db, { ...vote, voted: false });
    assert.deepEqual(
      await votesOf('ada'),
      [
        [0, false],
        [0, false],
      ],
      'a vote that was taken back is none',
    );
  });

  test('cost one query, whoever reads', async () => {
    opened.queries.length = 0;
    await hydrate(opened.db, [paper(1), paper(2)], 'ada');
    assert.equal(opened.queries.length, 1);
  });
});
