import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Author } from '#papers/paper.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, save } from '../../test/drafts.ts';
import { idsOf } from '../../test/ids-of.ts';
import { indexDue } from './index-due.ts';
import type { Part, Query } from './query/query.ts';
import { createSearch } from './search.ts';
import type { Search } from './search.ts';

function author(given: string, family: string): Author {
  return { given, family, suffix: '', affiliation: '' };
}

onEachDatabase('conditions of a search', (open) => {
  let opened: TestDatabase;
  let search: Search;
  before(async () => {
    opened = await open();
    await save(
      opened.db,
      makeDraft(1, {
        title: 'A large language model',
        abstract: 'It cites the work of Hinton.',
        authors: [author('Ada', 'Lovelace'), author('Geoffrey', 'Nobody')],
        categories: ['cs.LG', 'stat.ML'],
        publishedOn: '2024-12-31',
        codeUrl: 'https://github.com/example/model',
      }),
      makeDraft(2, {
        title: 'Language and the large: a model of speech',
        abstract: 'Of GPT-4 and others.',
        authors: [author('Geoffrey', 'Hinton')],
        categories: ['cs.CL'],
        publishedOn: '2025-01-01',
        organization: { slug: 'deep-blue', name: 'Deep Blue Labs' },
      }),
      makeDraft(3, {
        title: 'Large',
        abstract: 'Language models are large. Language is large.',
        authors: [author('Erwin', 'Schrödinger')],
        categories: ['math.CO', 'csx.AB'],
        publishedOn: '2025-06-15',
      }),
    );
    await indexDue(opened.db);
    search = createSearch(opened.db);
  });
  after(async () => await opened[Symbol.asyncDispose]());

  /** The newest first: which they are is tested here, not how they rank. */
  async function found(...parts: Part[]): Promise<number[]> {
    return (await foundBy({ parts, sort: 'relevance' })).toSorted((a, b) => b - a);
  }

  async function foundBy(query: Query, trend?: (seq: number) => number): Promise<number[]> {
    const { papers } = await search.find({ query, limit: 10, ...(trend ? { trend } : {}) });
    const ids = await idsOf(
      opened.db,
      papers.map(({ seq }) => seq),
    );
    return papers.map(({ seq }) => Number(ids.get(seq)?.slice(-5)));
  }
  const word = (text: string): Part => ({ kind: 'word', text });
  const phrase = (text: string) => ({ kind: 'phrase', text }) as const;

  test('a phrase is found where its words stand side by side, in any of their forms', async () => {
    assert.deepEqual(await found(phrase('large language model')), [1]);
    assert.deepEqual(await found(phrase('language models')), [3, 1]);
    assert.deepEqual(await found(phrase('GPT-4')), [2]);
    assert.deepEqual(await found(phrase('erwin schrodinger')), [3]);
    // The end of the title and the beginning of the abstract are not side by side.
    assert.deepEqual(await found(phrase('speech of')), []);
  });

  test('without: words, phrases and conditions', async () => {
    assert.deepEqual(await found(word('language'), { kind: 'not', part: { kind: 'word', text: 'speech' } }), [3, 1]);
    assert.deepEqual(await found(word('language'), { kind: 'not', part: phrase('language models') }), [2]);
    assert.deepEqual(await found(word('language'), { kind: 'not', part: { kind: 'category', name: 'cs' } }), [3]);
    assert.deepEqual(await found({ kind: 'not', part: { kind: 'code' } }), [3, 2]);
  });

  test('who wrote it is not who is mentioned in it; the words of a name belong to one author', async () => {
    assert.deepEqual(await found({ kind: 'author', name: 'hinton' }), [2]);
    assert.deepEqual(await found({ kind: 'author', name: 'Hinton Geoffrey' }), [2]);
    assert.deepEqual(await found({ kind: 'author', name: 'ada nobody' }), []);
    assert.deepEqual(await found({ kind: 'author', name: 'schrodinger' }), [3]);
  });

  test('conditions that the catalog tells are one look together, and each of them counts', async () => {
    const not = (part: Extract<Part, { kind: 'not' }>['part']): Part => ({ kind: 'not', part });
    assert.deepEqual(await found(not({ kind: 'category', name: 'cs.LG' }), { kind: 'category', name: 'cs' }), [2]);
    assert.deepEqual(await found(not({ kind: 'published', from: '2025-01-01' })), [1]);
    assert.deepEqual(
      await found(not({ kind: 'published', to: '2025-01-01' }), not({ kind: 'published', from: '2026-01-01' })),
      [3],
    );
    assert.deepEqual(await found({ kind: 'code' }, not({ kind: 'code' })), []);
    assert.deepEqual(await found({ kind: 'category', name: 'nothing' }, { kind: 'code' }), []);
    assert.deepEqual(await found({ kind: 'code' }, not({ kind: 'category', name: 'nothing' })), [1]);
    assert.deepEqual(await found({ kind: 'published', from: '2025-01-01' }, { kind: 'author', name: 'hinton' }), [2]);
    const many = Array.from({ length: 12 }, (_, at) => not({ kind: 'author', name: `nobody ${at}` }));
    assert.deepEqual(await found(...many, not({ kind: 'author', name: 'geoffrey hinton' })), [3, 1]);
  });

  test('a category is itself, an archive all of its categories and no other', async () => {
    assert.deepEqual(await found({ kind: 'category', name: 'CS.lg' }), [1]);
    assert.deepEqual(await found({ kind: 'category', name: 'cs' }), [2, 1]);
    assert.deepEqual(await found({ kind: 'category', name: 'c' }), []);
  });

  test('organizations by any of their words or their address, days with both ends, code', async () => {
    assert.deepEqual(await found({ kind: 'organization', name: 'blue' }), [2]);
    assert.deepEqual(await found({ kind: 'organization', name: 'deep-blue' }), [2]);
    assert.deepEqual(await found({ kind: 'published', from: '2024-12-31', to: '2025-01-01' }), [2, 1]);
    assert.deepEqual(await found({ kind: 'published', from: '2025-01-02' }), [3]);
    assert.deepEqual(await found({ kind: 'code' }), [1]);
  });

  test('what asks for nothing excludes nothing', async () => {
    assert.deepEqual(await found(word('language'), phrase('…')), await found(word('language')));
    assert.deepEqual(await found(word('language'), { kind: 'not', part: phrase('…') }), await found(word('language')));
    assert.deepEqual(await found(), []);
  });

  test('by date and by trend only papers with all the words are ordered', async () => {
    const parts = [word('speech'), word('language')];
    assert.deepEqual(await foundBy({ parts, sort: 'new' }), [2]);
    assert.deepEqual(await foundBy({ parts: [word('language')], sort: 'new' }), [3, 2, 1]);
    const first = (await search.find({ query: { parts: [{ kind: 'code' }], sort: 'new' }, limit: 1 })).papers[0]?.seq;
    const trend = (seq: number) => (seq === first ? 9 : 1);
    assert.equal((await foundBy({ parts: [word('language')], sort: 'trending' }, trend))[0], 1);
  });

  test('facets count each paper in each of its categories and once in its year', async () => {
    const { facets, total } = await search.find({ query: { parts: [word('language')], sort: 'relevance' }, limit: 1 });
    assert.equal(total, 3);
    assert.deepEqual(facets.years, [
      { name: '2025', papers: 2 },
      { name: '2024', papers: 1 },
    ]);
    assert.deepEqual(
      facets.categories.map(({ name }) => name),
      ['cs.CL', 'cs.LG', 'csx.AB', 'math.CO', 'stat.ML'],
    );
  });
});
