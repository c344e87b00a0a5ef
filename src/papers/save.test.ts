import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import type { PaperDraft } from './paper.ts';
import { savePapers } from './save.ts';
import { findPaper, newestChange } from './store.ts';

onEachDatabase('saving papers', (open) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await open();
  });
  after(async () => await opened[Symbol.asyncDispose]());
  beforeEach(async () => {
    for (const table of ['paper_authors', 'paper_categories', 'papers', 'organizations'] as const) {
      await opened.db.deleteFrom(table).execute();
    }
  });

  test('a paper comes back as it was given', async () => {
    const draft: PaperDraft = {
      id: 'hep-th/9110025',
      title: 'On $\\mathcal{N}=2$ “strings” \\\'a la "Schrödinger" 🎉',
      abstract: 'One.\nTwo with a \\backslash, a tab\tand 中文.',
      authors: [
        { family: 'van der Waals', given: 'Johannes', suffix: 'Jr.', affiliation: 'Leiden' },
        { family: 'The ATLAS Collaboration', given: '', suffix: '', affiliation: '' },
      ],
      authorCount: 3000,
      categories: ['hep-th', 'math.QA'],
      versions: [
        { number: 1, at: 687_000_000_000 },
        { number: 2, at: 690_000_000_000 },
      ],
      publishedOn: '1991-10-09',
      submitter: 'J. Waals',
      license: 'http://creativecommons.org/licenses/by/4.0/',
      comments: null,
      journalRef: 'Phys. 1',
      doi: '10.1/abc',
      codeUrl: 'https://github.com/a/b',
      projectUrl: null,
      organization: { slug: 'cern', name: 'CERN' },
      withdrawn: true,
      announcedOn: '1991-10-10',
      announceType: 'new',
    };
    assert.deepEqual(await save(opened.db, draft), { added: 1, changed: 0, unchanged: 0 });
    const { authorsSplit: _, updatedOn: __, ...given } = draft;
    assert.deepEqual(await findPaper(opened.db, draft.id), { ...given, updatedOn: '1991-11-13', firstSeenAt: NOW });
  });

  test('repeats change nothing, not even the change numbers', async () => {
    const drafts = [makeDraft(1), makeDraft(2)];
    await save(opened.db, ...drafts);
    const change = await newestChange(opened.db);
    assert.deepEqual(await save(opened.db, ...drafts), { added: 0, changed: 0, unchanged: 2 });
    assert.equal(await newestChange(opened.db), change);
  });

  test('the same id twice in one batch is one paper', async () => {
    const counts = await save(opened.db, makeDraft(1), makeDraft(1, { title: 'Better title' }));
    assert.deepEqual(counts, { added: 1, changed: 0, unchanged: 1 });
    assert.equal((await findPaper(opened.db, '2601.00001'))?.title, 'Better title');
  });

  test('authors and categories that go away are not found any more', async () => {
    await save(opened.db, makeDraft(1, { categories: ['cs.LG', 'math.ST'] }));
    const other = [{ family: 'Other', given: 'An', suffix: '', affiliation: '' }];
    await save(opened.db, makeDraft(1, { authors: other, categories: ['cs.LG', 'cs.AI'] }));
    const slugs = await opened.db.selectFrom('paper_authors').select('slug').execute();
    assert.deepEqual(
      slugs.map((row) => row.slug),
      ['an-other'],
    );
    const categories = await opened.db.selectFrom('paper_categories').select('category').orderBy('category').execute();
    assert.deepEqual(
      categories.map((row) => row.category),
      ['cs', 'cs.AI', 'cs.LG'],
    );
  });

  test('change numbers rise in the order of commits, also with two writers', async () => {
    const writes = [1, 2, 3, 4, 5].map((number) => save(opened.db, makeDraft(number), makeDraft(number + 10)));
    await Promise.all(writes);
    const rows = await opened.db.selectFrom('papers').select('change_no').execute();
    assert.equal(new Set(rows.map((row) => row.change_no)).size, 10);
  });

  test('a transaction that fails leaves no paper behind', async () => {
    const failing = opened.db.transaction().execute(async (trx) => {
      await savePapers(trx, [makeDraft(1)], NOW);
      throw new Error('killed');
    });
    await assert.rejects(failing, /killed/);
    assert.equal(await findPaper(opened.db, '2601.00001'), undefined);
  });
});
