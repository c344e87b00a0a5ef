import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, save } from '../../test/drafts.ts';
import { toyVectors } from '../../test/toy-vectors.ts';
import type { Question } from './find.ts';
import { idsOf } from '../../test/ids-of.ts';
import { indexDue } from './index-due.ts';
import type { Query } from './query/query.ts';
import { createSearch } from './search.ts';
import type { Search } from './search.ts';

function wordQuery(text: string, ...parts: Query['parts']): Query {
  return { parts: [{ kind: 'word', text }, ...parts], sort: 'relevance' };
}

onEachDatabase('search by words and meaning', (open) => {
  let opened: TestDatabase;
  let words: Search;
  let both: Search;
  before(async () => {
    opened = await open();
    const titles = ['Cats and how they sleep', 'The feline mind', 'Rain over Europe', 'A storm', 'Prime numbers'];
    await save(opened.db, ...titles.map((title, at) => makeDraft(at + 1, { title, abstract: '' })));
    await indexDue(opened.db);
    words = createSearch(opened.db);
    both = createSearch(opened.db, async () => await toyVectors(opened.db));
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const ids = async (search: Search, text: string, more: Partial<Question> = {}) => {
    const { papers } = await search.find({ query: wordQuery(text), limit: 10, ...more });
    const known = await idsOf(
      opened.db,
      papers.map(({ seq }) => seq),
    );
    return papers.map(({ seq }) => Number(known.get(seq)?.slice(-5)));
  };

  test('by words alone a paper is found if it has one of them', async () => {
    assert.deepEqual(await ids(words, 'cat'), [1]);
    assert.deepEqual(await ids(words, 'submarine'), []);
    assert.deepEqual(await ids(words, ''), []);
  });

  test('with vectors a paper is also found by its meaning, after those with the words; what is far from both is not', async () => {
    assert.deepEqual(await ids(both, 'cat'), [1, 2]);
    assert.deepEqual(
      (await ids(both, 'my pet in the weather')).toSorted((a, b) => a - b),
      [1, 2, 3, 4],
    );
  });

  test('it says which of the words each paper has, and whether one has all', async () => {
    const exact = await both.find({ query: wordQuery('feline mind'), limit: 10 });
    assert.equal(exact.exact, true);
    assert.deepEqual(exact.papers.map(({ words: held }) => held).slice(0, 2), [2, 0]);
    const partly = await both.find({ query: wordQuery('feline submarine'), limit: 10 });
    assert.equal(partly.exact, false);
    assert.equal((await both.find({ query: wordQuery('pet'), limit: 10 })).exact, false);
  });

  test('closeness is to the question, not to what its first papers have in common', async () => {
    // The paper about sleeping cats comes first, and feedback moves the question about the weather towards cats.
    const { papers } = await both.find({ query: wordQuery('sleep weather'), limit: 10 });
    const known = await idsOf(
      opened.db,
      papers.map(({ seq }) => seq),
    );
    const found = new Map(papers.map(({ seq, why }) => [Number(known.get(seq)?.slice(-5)), why]));
    assert.deepEqual([...found][0], [1, 'words']);
    assert.deepEqual([found.get(3), found.get(4)], ['meaning', 'meaning']);
    assert.equal(found.has(2), false, 'the other paper about a cat is near to the first one only');
    const reasons = async (text: string) =>
      (await both.find({ query: wordQuery(text), limit: 10 })).papers.map(({ why }) => why);
    assert.deepEqual(await reasons('cat'), ['both', 'meaning']);
    assert.deepEqual(await reasons('europe'), ['words']);
  });

  test('near-ties are broken by date and votes, by nothing else; withdrawn papers stand last', async () => {
    await using other = await open();
    const title = 'Quokka networks';
    await save(
      other.db,
      makeDraft(1, { title, abstract: '', publishedOn: '2026-01-05' }),
      makeDraft(2, { title, abstract: '', publishedOn: '2020-01-05' }),
      makeDraft(3, { title, abstract: '', publishedOn: '2026-01-05' }),
      makeDraft(4, { title: 'Quokkas at night, seen from afar', abstract: '', publishedOn: '2026-01-06' }),
    );
    await indexDue(other.db);
    const rows = await other.db.selectFrom('papers').select(['seq', 'id']).execute();
    const seqs = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ seq }) => seq);
    const votes = new Uint16Array(Math.max(...seqs) + 1);
    const withdrawn = new Set<number>();
    const search = createSearch(other.db, undefined, async () => ({ votes, withdrawn }));
    const order = async () =>
      (await search.find({ query: wordQuery('quokka network'), limit: 10 })).papers.map(
        ({ seq }) => seqs.indexOf(seq) + 1,
      );
    assert.deepEqual(
      await order(),
      [3, 1, 2, 4],
      'the old one last of the three, though it was stored after the first',
    );
    votes[seqs[1] ?? 0] = 4;
    assert.deepEqual(await order(), [3, 1, 2, 4], 'six years are more than four votes');
    votes[seqs[1] ?? 0] = 40;
    assert.deepEqual(await order(), [2, 3, 1, 4]);
    votes[seqs[1] ?? 0] = 0;
    votes[seqs[0] ?? 0] = 1;
    votes[seqs[3] ?? 0] = 60_000;
    assert.deepEqual(await order(), [1, 3, 2, 4], 'votes of a paper that is clearly worse count nothing');
    withdrawn.add(seqs[0] ?? 0);
    assert.deepEqual(await order(), [3, 2, 1, 4]);
  });

  test('what another process indexed is found at once, and changed papers by their new words only', async () => {
    assert.deepEqual(await ids(words, 'zebra'), []);
    await save(opened.db, makeDraft(9, { title: 'A zebra', abstract: '' }));
    await indexDue(opened.db);
    assert.deepEqual(await ids(words, 'zebra'), [9]);
    await save(opened.db, makeDraft(9, { title: 'A giraffe', abstract: '' }));
    await indexDue(opened.db);
    assert.deepEqual(await ids(words, 'zebra'), []);
    assert.deepEqual(await ids(words, 'giraffe'), [9]);
  });
});
