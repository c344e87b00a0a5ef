import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemClock } from '#platform/clock.ts';
import { countDue, indexDue } from '#search/index-due.ts';
import type { Query } from '#search/query/query.ts';
import { createSearch } from '#search/search.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, save } from '../../test/drafts.ts';
import { listMatches } from './search.ts';
import type { Searcher } from './search.ts';
import type { PageRequest } from './skeleton.ts';

function wordQuery(text: string): Query {
  return { parts: [{ kind: 'word', text }], sort: 'relevance' };
}

onEachDatabase('full-text search', (open) => {
  let opened: TestDatabase;
  let made: Searcher | undefined;
  before(async () => {
    opened = await open();
    await save(
      opened.db,
      makeDraft(1, { title: 'Grokking in transformers', abstract: 'Delayed generalization.' }),
      makeDraft(2, {
        title: 'Something else',
        abstract: 'We mention grokking once, among many other words about transformers.',
      }),
      makeDraft(3, {
        title: 'Cats',
        authors: [{ family: 'Schrödinger', given: 'Erwin', suffix: '', affiliation: '' }],
      }),
      ...Array.from({ length: 30 }, (_, index) => makeDraft(100 + index, { title: `Weather report ${index}` })),
    );
    assert.equal(await indexDue(opened.db), 33);
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const searcher = () => (made ??= { db: opened.db, search: createSearch(opened.db), clock: systemClock });
  const list = async (text: string, page: PageRequest) => {
    const found = await listMatches(searcher(), wordQuery(text), page);
    return { ...found, ids: found.cards.map(({ paper }) => paper.id) };
  };
  const search = async (text: string) => await list(text, { limit: 10 });
  const id = (number: number) => makeDraft(number).id;

  test('a word in the title counts more than one in the abstract', async () => {
    assert.deepEqual((await search('grokking')).ids, [id(1), id(2)]);
  });

  test('words are found in other forms, authors as they are written', async () => {
    assert.deepEqual((await search('cat')).ids, [id(3)]);
    assert.deepEqual((await search('Schrödinger')).ids, [id(3)]);
  });

  test('when no paper has every word, papers with some of them are shown and called so', async () => {
    const found = await search('grokking submarines');
    assert.equal(found.exact, false);
    assert.deepEqual(found.ids, [id(1), id(2)]);
  });

  test('what people type is never read as an operator', async () => {
    for (const text of [
      '"',
      "'",
      'a OR',
      'NOT',
      '(((',
      'title:x',
      '* -',
      'NEAR(a b)',
      '\\',
      'a" OR "b',
      '&|!<->',
      ':*',
      '%_',
    ])
      await search(text);
    assert.deepEqual((await search('"grokking"')).ids, [id(1), id(2)]);
  });

  test('stop words count only where there is nothing else', async () => {
    assert.equal((await search('the of and')).exact, false);
    assert.deepEqual((await search('what is the grokking of it')).ids, [id(1), id(2)]);
    assert.equal((await search('what is the grokking of it')).exact, true);
  });

  test('pages add up without repeats', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await list('weather', { limit: 7, after });
      seen.push(...page.ids);
      after = page.next;
    } while (after !== undefined);
    assert.equal(new Set(seen).size, 30);
    assert.equal(seen.length, 30);
  });

  test('a changed paper is found by its new words only', async () => {
    await save(opened.db, makeDraft(3, { title: 'Dogs', authors: [] }));
    assert.equal(await countDue(opened.db), 1);
    await indexDue(opened.db);
    assert.equal(await countDue(opened.db), 0);
    assert.deepEqual((await search('cats')).ids, []);
    assert.deepEqual((await search('dogs')).ids, [id(3)]);
  });

  test('two indexers at once index everything once', async () => {
    await save(
      opened.db,
      ...Array.from({ length: 50 }, (_, index) => makeDraft(500 + index, { title: 'Parallel indexing' })),
    );
    await Promise.all([indexDue(opened.db), indexDue(opened.db)]);
    assert.equal((await list('parallel', { limit: 100 })).ids.length, 50);
  });
});
