import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, save } from '../../test/drafts.ts';
import { toyVectors } from '../../test/toy-vectors.ts';
import { idsOf } from '../../test/ids-of.ts';
import { indexDue } from './index-due.ts';
import { createSearch } from './search.ts';
import type { Search } from './search.ts';
import { findSimilar } from './similar.ts';
import type { SimilarQuestion } from './similar.ts';
import type { Vectors } from './vectors/vectors.ts';

const TITLES = [
  'Cats and how they sleep',
  'Sleeping cats in the house',
  'The feline mind',
  'Rain over Europe',
  'A storm over Europe',
  'Prime numbers',
];

onEachDatabase('similar papers', (open) => {
  let opened: TestDatabase;
  let both: Search;
  let words: Search;
  before(async () => {
    opened = await open();
    const author = { family: 'Lovelace', given: 'Ada', suffix: '', affiliation: '' };
    await save(
      opened.db,
      ...TITLES.map((title, at) =>
        makeDraft(at + 1, { title, abstract: '', authors: at === 0 || at === 5 ? [author] : [] }),
      ),
    );
    await indexDue(opened.db);
    words = createSearch(opened.db);
    both = createSearch(opened.db, async () => await toyVectors(opened.db));
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const id = (number: number) => makeDraft(number).id;
  const similar = async (search: Search, question: Partial<SimilarQuestion>): Promise<number[]> => {
    const { papers } = await findSimilar(search, { limit: 10, ...question });
    const known = await idsOf(
      opened.db,
      papers.map(({ seq }) => seq),
    );
    return papers.map(({ seq }) => Number(known.get(seq)?.slice(-5)));
  };

  test('similar papers wait for their turn among the searches', async () => {
    let turns = 0;
    const counted: Search = { ...both, turn: async () => void turns++ };
    await findSimilar(counted, { ids: [id(1)], limit: 10 });
    assert.equal(turns, 1);
  });

  test('are those with the same words first, then those of the same meaning; never the paper itself', async () => {
    assert.deepEqual(await similar(both, { ids: [id(1)] }), [2, 3]);
    assert.deepEqual(await similar(both, { ids: [id(4)] }), [5]);
    assert.deepEqual(await similar(both, { ids: [id(1)], limit: 1 }), [2]);
  });

  test('are found by words alone where there is no model', async () => {
    assert.deepEqual(await similar(words, { ids: [id(1)] }), [2]);
    assert.deepEqual(
      (await similar(words, { text: 'europe' })).toSorted((a, b) => a - b),
      [4, 5],
    );
  });

  test('are not those that only have an author in common', async () => {
    assert.equal((await similar(both, { ids: [id(1)] })).includes(6), false);
    assert.deepEqual(await similar(both, { ids: [id(6)] }), []);
  });

  test('of several papers, and of papers and a text, are like any of them', async () => {
    assert.deepEqual(
      (await similar(both, { ids: [id(1), id(4)] })).toSorted((a, b) => a - b),
      [2, 3, 5],
    );
    assert.deepEqual(
      (await similar(both, { ids: [id(1)], text: 'europe' })).toSorted((a, b) => a - b),
      [2, 3, 4, 5],
    );
    assert.deepEqual((await similar(both, { text: 'my pet in a house' }))[0], 2);
  });

  test('ids that are not stored are named, and nothing is made up for them', async () => {
    const found = await findSimilar(both, { ids: [id(99), id(1)], limit: 10 });
    assert.deepEqual(found.unknown, [id(99)]);
    assert.equal(found.asked.length, 1);
    assert.deepEqual(await findSimilar(both, { ids: [id(99)], limit: 10 }), {
      papers: [],
      asked: [],
      unknown: [id(99)],
    });
    assert.deepEqual(await findSimilar(both, { text: ' \n ', limit: 10 }), { papers: [], asked: [], unknown: [] });
    assert.deepEqual(await similar(words, { text: 'xyzzy' }), []);
  });

  test('of a paper that has no vector yet are found by its words, without asking the model', async () => {
    const vectors: Vectors = {
      ...(await toyVectors(opened.db)),
      vectorOf: () => undefined,
      encode: () => assert.fail(),
    };
    const search = createSearch(opened.db, async () => vectors);
    assert.deepEqual(await similar(search, { ids: [id(1)] }), [2]);
  });

  test('take one query beside a page, whose indexes need not be the newest', async () => {
    await similar(words, { ids: [id(1)] });
    opened.queries.length = 0;
    await findSimilar(words, { ids: [id(1), id(2)], limit: 10 });
    assert.equal(opened.queries.length, 1);
  });
});
