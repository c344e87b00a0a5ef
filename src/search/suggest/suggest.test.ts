import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { makeDraft, save } from '../../../test/drafts.ts';
import { indexDue } from '../index-due.ts';
import { createSearch } from '../search.ts';
import { createSuggester } from './suggest.ts';
import type { Suggester } from './suggest.ts';

const author = (given: string, family: string) => ({ family, given, suffix: '', affiliation: '' });
/** More than are read before the first answer. */
const MANY = 700;

onEachDatabase('suggestions', (open) => {
  let opened: TestDatabase;
  let suggester: Suggester;
  before(async () => {
    opened = await open();
    await save(
      opened.db,
      makeDraft(1, {
        title: 'Learning $\\ell_1$ norms of Schr\\"odinger operators',
        authors: [author('Ada', 'Lovelace')],
      }),
      ...Array.from({ length: MANY }, (_, at) =>
        makeDraft(10 + at, { title: `Weather report ${at}`, abstract: 'norms' }),
      ),
    );
    await indexDue(opened.db);
    suggester = createSuggester(opened.db, createSearch(opened.db));
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const ids = async (text: string) => (await suggester.suggest(text, 5)).papers.map(({ id }) => Number(id.slice(-5)));

  test('until the titles are read, whole words are found', async () => {
    assert.deepEqual(await suggester.suggest('norm learning', 5), {
      papers: [{ id: '2601.00001', title: 'Learning ℓ₁ norms of Schrödinger operators' }],
      authors: [],
    });
  });

  test('then unfinished ones too', async () => {
    await suggester.prepare();
    assert.deepEqual(await ids('learn'), [1]);
    assert.deepEqual((await suggester.suggest('lov', 5)).authors, [
      { slug: 'ada-lovelace', name: 'Ada Lovelace', papers: 1 },
    ]);
    assert.equal((await ids('weather rep')).length, 5);
  });

  test('what was saved meanwhile is offered at once, and takes two queries', async () => {
    await save(opened.db, makeDraft(5000, { title: 'Grokking' }));
    opened.queries.length = 0;
    assert.deepEqual(await ids('grok'), [5000]);
    assert.equal(opened.queries.length, 2);
    await save(opened.db, makeDraft(5000, { title: 'Overfitting' }));
    assert.deepEqual(await ids('grok'), []);
    assert.deepEqual(await ids('over'), [5000]);
  });

  test('many at once are read in the background', async () => {
    await save(
      opened.db,
      ...Array.from({ length: MANY }, (_, at) => makeDraft(6000 + at, { title: `Storm warning ${at}` })),
    );
    await Promise.all([ids('storm'), ids('storm'), ids('storm')]);
    await suggester.prepare();
    assert.equal((await ids('storm')).length, 5);
    assert.deepEqual(await ids('warning 699'), [6699]);
  });

  test('papers that change again and again are offered by their last title', async () => {
    for (const round of ['ape', 'bear', 'cat', 'dog', 'eel', 'fox', 'gnu', 'hare']) {
      await save(
        opened.db,
        ...Array.from({ length: 120 }, (_, at) => makeDraft(10 + at, { title: `Draft ${at} about the ${round}` })),
      );
      assert.equal((await ids(`draft 119 ${round}`)).length, 1);
    }
    await suggester.prepare();
    assert.deepEqual(await ids('draft gnu'), []);
    assert.deepEqual(await ids('119 hare'), [129]);
    assert.equal((await ids('weather rep')).length, 5);
  });

  test('nothing typed, nothing offered, nothing asked', async () => {
    opened.queries.length = 0;
    assert.deepEqual(await suggester.suggest(' “ ', 5), { papers: [], authors: [] });
    assert.equal(opened.queries.length, 0);
  });
});
