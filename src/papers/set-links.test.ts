import assert from 'node:assert/strict';
import { it, test } from 'node:test';
import fc from 'fast-check';
import { codePoint } from '../../test/code-point.ts';
import { onEachDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { listLinkEdits } from './link-edit-store.ts';
import { readLinksAsked, setLinks } from './set-links.ts';
import { listStars, saveStars } from './star-store.ts';
import { findPaper, newestChange } from './store.ts';
import { saveSubmissions } from './submission-store.ts';

const ANN = 'a'.repeat(24);
const BEN = 'b'.repeat(24);
const id = '2601.00001';

const reader = (who: string) => async () => await Promise.resolve({ id: who, isModerator: false });
const moderator = (who: string) => async () => await Promise.resolve({ id: who, isModerator: true });

test('links are read forgivingly and stored in one spelling', () => {
  const read = (codeUrl: string, projectUrl = '') => readLinksAsked({ codeUrl, projectUrl });
  const code = (text: string) => {
    const found = read(text);
    return 'links' in found ? found.links.codeUrl : found.problems.codeUrl;
  };
  for (const text of [
    'https://github.com/a/b',
    ' github.com/a/b.git ',
    'https://www.github.com/a/b/tree/main?tab=x#readme',
  ])
    assert.equal(code(text), 'https://github.com/a/b', text);
  assert.equal(code('https://code.example.org/Project?x=1'), 'https://code.example.org/Project?x=1');
  assert.equal(code('  '), null);
  assert.match(code('http://github.com/a/b') ?? '', /begin with https/);
  assert.match(code('javascript:alert(1)') ?? '', /begin with https/);
  assert.match(code('data:text/html,x') ?? '', /begin with https/);
  assert.match(code('https://me:secret@github.com/a/b') ?? '', /name or password/);
  assert.match(code('https://localhost/a') ?? '', /not the name of a public site/);
  assert.match(code('https://10.0.0.1/a') ?? '', /not the name of a public site/);
  assert.match(code('two words') ?? '', /is not an address/);
  assert.match(code(`https://example.org/${'x'.repeat(500)}`) ?? '', /more than 500 characters/);
  const both = read('nonsense here', 'http://x.org');
  assert.deepEqual('problems' in both && Object.keys(both.problems), ['codeUrl', 'projectUrl']);
});

test('whatever is typed becomes an https address, nothing, or a sentence', () => {
  const text = fc.oneof(
    fc.string({ unit: codePoint }),
    fc.webUrl(),
    fc.string().map((tail) => `javascript:${tail}`),
  );
  fc.assert(
    fc.property(text, text, (codeUrl, projectUrl) => {
      const found = readLinksAsked({ codeUrl, projectUrl });
      if ('problems' in found) return Object.values(found.problems).every((problem) => problem.endsWith('.'));
      return [found.links.codeUrl, found.links.projectUrl].every((url) => url === null || url.startsWith('https://'));
    }),
    { numRuns: 2000 },
  );
});

onEachDatabase('links of a paper', (open) => {
  it('are set by its submitter and moderators, with a history, and stay when sources say otherwise', async () => {
    await using database = await open();
    const { db } = database;
    await save(db, makeDraft(1, { codeUrl: 'https://github.com/old/code' }));
    await saveSubmissions(db, [{ paper_id: id, day: '2026-01-06', position: 1, submitted_at: 0, user_id: ANN }]);
    await saveStars(db, { paper_id: id, day: '2026-01-06', stars: 7 });
    const links = { codeUrl: 'https://github.com/a/b', projectUrl: 'https://a.github.io/b' };
    const change = { id, links, now: NOW };
    await assert.rejects(setLinks(db, { ...change, by: reader(BEN) }), { kind: 'forbidden' });
    await assert.rejects(setLinks(db, { ...change, id: '2601.00009', by: moderator(BEN) }), {
      kind: 'not-found',
    });
    const before = await newestChange(db);
    assert.equal(await setLinks(db, { ...change, by: reader(ANN) }), true);
    assert.equal(await setLinks(db, { ...change, by: reader(ANN) }), false, 'nothing new');
    assert.equal(await newestChange(db), before + 1, 'the search learns of it');
    assert.deepEqual(await listStars(db, id, '2026-01-01'), [], 'of the other repository');
    assert.equal(
      await setLinks(db, {
        id,
        links: { codeUrl: null, projectUrl: links.projectUrl },
        by: moderator(BEN),
        now: NOW + 1,
      }),
      true,
    );
    assert.deepEqual(
      (await listLinkEdits(db, id, 10)).map(({ number, user_id, code_url }) => [number, user_id, code_url]),
      [
        [2, BEN, null],
        [1, ANN, 'https://github.com/a/b'],
      ],
    );
    // A newer version, and an older description that would fill gaps.
    const said = { codeUrl: 'https://github.com/x/y', projectUrl: 'https://x.github.io' };
    await save(
      db,
      makeDraft(1, { ...said, updatedOn: '2026-03-01' }),
      makeDraft(1, { ...said, updatedOn: '2026-01-05' }),
    );
    const paper = await findPaper(db, id);
    assert.deepEqual([paper?.codeUrl, paper?.projectUrl, paper?.updatedOn], [null, links.projectUrl, '2026-03-01']);
  });
});
