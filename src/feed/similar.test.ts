import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { indexDue } from '#search/index-due.ts';
import { createSearch } from '#search/search.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, save } from '../../test/drafts.ts';
import { groupWorks } from './group-works.ts';
import { hydrate } from './hydrate.ts';
import { listSimilar } from './similar.ts';
import type { SimilarRequest } from './similar.ts';

const ada = { family: 'Lovelace', given: 'Ada', suffix: '', affiliation: '' };
const shortly = { ...ada, given: 'A.' };

onEachDatabase('works that came from several sources', (open) => {
  let opened: TestDatabase;
  const first = makeDraft(1, { title: 'A study: sleeping cats', authors: [ada], publishedOn: '2025-03-01' });
  const drafts = [
    first,
    makeDraft(2, { id: 'openreview:Cats1', title: 'A Study – Sleeping Cats', authors: [shortly] }),
    makeDraft(3, { title: 'Cats that are sleeping in boxes', publishedOn: '2025-01-01' }),
    makeDraft(4, { id: 'doi:10.1/boxes', title: 'Cats and boxes', publishedOn: '2025-12-01' }),
    makeDraft(5, { title: 'Cats and their boxes', doi: '10.1/BOXES', publishedOn: '2025-02-01' }),
    makeDraft(6, { title: 'A study: sleeping cats', authors: [ada], publishedOn: '2025-05-01' }),
  ];
  before(async () => {
    opened = await open();
    await save(opened.db, ...drafts.map((draft) => ({ ...draft, abstract: 'Cats sleep.' })));
    await indexDue(opened.db);
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const list = async (request: Partial<SimilarRequest>) =>
    await listSimilar({ db: opened.db, search: createSearch(opened.db) }, { limit: 10, ...request });
  const shown = (cards: Awaited<ReturnType<typeof list>>['cards']) =>
    cards.map(({ paper, also }) => [paper.id, ...also]);

  test('stand in a list once, where the first of them stood', async () => {
    const cards = await hydrate(
      opened.db,
      [2, 3, 1, 4, 5].map((number) => drafts[number - 1]?.id ?? ''),
    );
    assert.deepEqual(shown(groupWorks(cards)), [
      ['openreview:Cats1', '2601.00001'],
      ['2601.00003'],
      ['doi:10.1/boxes', '2601.00005'],
    ]);
    assert.deepEqual(groupWorks([]), []);
  });

  test('two of arXiv never become one', async () => {
    const cards = await hydrate(opened.db, ['2601.00001', '2601.00006']);
    assert.deepEqual(shown(groupWorks(cards)), [['2601.00001'], ['2601.00006']]);
  });

  test('beside a paper are told as other ids of it, not as similar', async () => {
    const { asked, cards } = await list({ ids: ['2601.00001'] });
    assert.deepEqual(shown(asked), [['2601.00001', 'openreview:Cats1']]);
    assert.equal(shown(cards).flat().includes('openreview:Cats1'), false);
    assert.ok(shown(cards).some((ids) => ids.length === 2 && ids.includes('doi:10.1/boxes')));
  });

  test('similar papers come closest or newest first', async () => {
    const days = async (sort: SimilarRequest['sort']) =>
      (await list({ ids: ['2601.00001'], ...(sort ? { sort } : {}) })).cards.map(({ paper }) => paper.publishedOn);
    const byDate = await days('date');
    assert.deepEqual(byDate, byDate.toSorted().toReversed());
    assert.deepEqual((await days('closeness')).toSorted(), byDate.toSorted());
  });

  test('ids are taken in any spelling; what is none, or not stored, is named as it was written', async () => {
    const { asked, unknown } = await list({
      ids: ['https://arxiv.org/abs/2601.00001v3', 'arXiv:2601.00001', 'arXiv:2601.99999', 'nonsense', 'DOI:10.1/BOXES'],
    });
    assert.deepEqual(
      shown(asked).map(([id]) => id),
      ['2601.00001', 'doi:10.1/boxes'],
    );
    assert.deepEqual(unknown.toSorted(), ['arXiv:2601.99999', 'nonsense']);
  });

  test('take two queries, however many there are', async () => {
    const search = createSearch(opened.db);
    await listSimilar({ db: opened.db, search }, { ids: ['2601.00001'], limit: 1 });
    opened.queries.length = 0;
    await listSimilar({ db: opened.db, search }, { ids: ['2601.00001', 'doi:10.1/boxes'], text: 'cats', limit: 10 });
    assert.equal(opened.queries.length, 2);
  });
});
