import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import { makeDraft, save } from '../../test/drafts.ts';
import { countByAuthor, countByCategory, countByOrganization } from './lists.ts';
import { listCategories, listOrganizations } from './subjects.ts';

const ada = { family: 'Lovelace', given: 'Ada', suffix: '', affiliation: '' };

onEachDatabase('what there is to browse', (open) => {
  test('every category and organization with its number of papers', async () => {
    await using opened = await open();
    const { db } = opened;
    assert.deepEqual(await listCategories(db), []);
    assert.deepEqual(await listOrganizations(db, 10), []);
    await save(
      db,
      makeDraft(1, { categories: ['cs.LG', 'cs.AI'], organization: { slug: 'acme', name: 'Acme' }, authors: [ada] }),
      makeDraft(2, { categories: ['cs.LG'], organization: { slug: 'deepmind', name: 'DeepMind' }, authors: [ada] }),
      makeDraft(3, { categories: ['math.PR'], organization: { slug: 'deepmind', name: 'DeepMind' } }),
    );
    assert.deepEqual(
      (await listCategories(db)).map(({ key, papers }) => [key, papers]),
      [
        ['cs', 2],
        ['cs.AI', 1],
        ['cs.LG', 2],
        ['math', 1],
        ['math.PR', 1],
      ],
    );
    const organizations = [
      { key: 'deepmind', name: 'DeepMind', papers: 2 },
      { key: 'acme', name: 'Acme', papers: 1 },
    ];
    assert.deepEqual(
      (await listOrganizations(db, 10)).map((one) => ({ ...one })),
      organizations,
    );
    assert.equal((await listOrganizations(db, 1)).length, 1);
    assert.equal(await countByCategory(db, 'cs'), 2);
    assert.equal(await countByCategory(db, 'cs.XX'), 0);
    assert.equal(await countByOrganization(db, 'deepmind'), 2);
    assert.equal(await countByAuthor(db, 'ada-lovelace'), 2);
  });
});
