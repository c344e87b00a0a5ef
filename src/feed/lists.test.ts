import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, save } from '../../test/drafts.ts';
import { hydrate } from './hydrate.ts';
import { listByAuthor, listByCategory, listByOrganization } from './lists.ts';
import type { PageRequest, Skeleton } from './skeleton.ts';

const ada = { family: 'Lovelace', given: 'Ada', suffix: '', affiliation: '' };
const organization = { slug: 'deepmind', name: 'DeepMind' };

onEachDatabase('lists by date', (open) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await open();
    await save(
      opened.db,
      ...[1, 2, 3, 4, 5].map((number) =>
        makeDraft(number, {
          authors: [ada],
          organization,
          categories: ['cs.LG'],
          publishedOn: number < 4 ? '2026-01-01' : '2026-01-02',
        }),
      ),
      makeDraft(6, { categories: ['math.ST', 'cs.AI'] }),
    );
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const expected = [5, 4, 3, 2, 1].map((number) => makeDraft(number).id);
  const lists: [string, (page: PageRequest) => Promise<Skeleton>][] = [
    ['author', (page) => listByAuthor(opened.db, 'ada-lovelace', page)],
    ['category', (page) => listByCategory(opened.db, 'cs.LG', page)],
    ['organisation', (page) => listByOrganization(opened.db, 'deepmind', page)],
  ];

  for (const [name, list] of lists) {
    test(`papers of one ${name} come newest first, page by page`, async () => {
      const first = await list({ limit: 2 });
      const second = await list({ limit: 2, after: first.next });
      const third = await list({ limit: 2, after: second.next });
      assert.deepEqual([...first.ids, ...second.ids, ...third.ids], expected);
      assert.equal(third.next, undefined);
    });
  }

  test('an archive holds the papers of all its categories once', async () => {
    const { ids } = await listByCategory(opened.db, 'cs', { limit: 50 });
    assert.equal(ids.length, 6);
    assert.equal(new Set(ids).size, 6);
  });

  test('cards come in the order asked for, unknown ids left out, in one query', async () => {
    opened.queries.length = 0;
    const cards = await hydrate(opened.db, [makeDraft(3).id, '9999.99999', makeDraft(1).id]);
    assert.deepEqual(
      cards.map((card) => card.paper.id),
      [makeDraft(3).id, makeDraft(1).id],
    );
    assert.equal(cards[0]?.paper.organization?.name, 'DeepMind');
    assert.equal(opened.queries.length, 1);
  });
});
