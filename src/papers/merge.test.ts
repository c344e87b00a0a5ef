import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeAuthors, decodeVersions, mergeRow, newRow } from './merge.ts';
import type { PaperDraft } from './paper.ts';

const person = (given: string, family: string, affiliation = '') => ({ family, given, suffix: '', affiliation });

const draft = (more: Partial<PaperDraft> = {}): PaperDraft => ({
  id: '2601.00001',
  title: 'A title',
  abstract: 'An abstract.',
  authors: [person('Ludwig', 'van Beethoven')],
  categories: ['cs.LG', 'stat.ML'],
  publishedOn: '2026-01-02',
  ...more,
});

const NOW = 1_767_700_000_000;

test('merging the same description again changes nothing', () => {
  const full = draft({
    license: 'https://x.example',
    versions: [{ number: 1, at: NOW }],
    announcedOn: '2026-01-05',
    announceType: 'new',
  });
  const row = newRow(full, NOW);
  assert.deepEqual(mergeRow(row, full), row);
});

test('a field that a source does not know stays as it is', () => {
  const row = newRow(draft({ license: 'https://licence.example', doi: '10.1/x', comments: '8 pages' }), NOW);
  const merged = mergeRow(row, draft());
  assert.equal(merged.license, 'https://licence.example');
  assert.equal(mergeRow(row, draft({ comments: null })).comments, null, 'known to be absent');
});

test('an old snapshot does not bring an old title back, but fills gaps', () => {
  const fresh = newRow(draft({ title: 'New title', updatedOn: '2026-03-01' }), NOW);
  const merged = mergeRow(
    fresh,
    draft({ title: 'Old title', updatedOn: '2026-01-02', license: 'https://licence.example' }),
  );
  assert.equal(merged.title, 'New title');
  assert.equal(merged.license, 'https://licence.example');
  assert.equal(merged.updated_on, '2026-03-01');
});

test('names split by the source win over names split by rule, in either order', () => {
  const split = draft({ authors: [person('Ludwig van', 'Beethoven')], authorsSplit: true });
  const guessedFirst = mergeRow(newRow(draft(), NOW), split);
  const splitFirst = mergeRow(newRow(split, NOW), draft());
  assert.equal(decodeAuthors(guessedFirst.authors)[0]?.family, 'Beethoven');
  assert.equal(guessedFirst.authors, splitFirst.authors);
});

test('an affiliation is not lost when a source without affiliations repeats the names', () => {
  const row = newRow(draft({ authors: [person('Ada', 'Lovelace', 'London')] }), NOW);
  const merged = mergeRow(row, draft({ authors: [person('Ada', 'Lovelace')], authorsSplit: true }));
  assert.equal(decodeAuthors(merged.authors)[0]?.affiliation, 'London');
});

test('a listing knows the day better than the calendar, and the first listing counts', () => {
  const guessed = newRow(draft({ announcedOn: '2026-01-05' }), NOW);
  const listed = mergeRow(guessed, draft({ announcedOn: '2026-01-06', announceType: 'new' }));
  assert.equal(listed.announced_on, '2026-01-06');
  assert.equal(mergeRow(listed, draft({ announcedOn: '2026-01-05' })).announced_on, '2026-01-06');
  assert.equal(
    mergeRow(listed, draft({ announcedOn: '2026-02-02', announceType: 'cross' })).announced_on,
    '2026-01-06',
  );
});

test('versions add up from several sources', () => {
  const row = newRow(draft({ versions: [{ number: 2, at: 200 }], updatedOn: '2026-02-01' }), NOW);
  const merged = mergeRow(row, draft({ versions: [{ number: 1, at: 100 }], updatedOn: '2026-02-01' }));
  assert.deepEqual(
    decodeVersions(merged.versions).map((version) => version.number),
    [1, 2],
  );
});

test('a repository that is known is not lost to a source that does not mention one', () => {
  const row = newRow(draft({ codeUrl: 'https://github.com/a/b' }), NOW);
  assert.equal(mergeRow(row, draft({ codeUrl: null })).code_url, 'https://github.com/a/b');
});

test('an older or equal description does not move links, a newer one may', () => {
  const stored = newRow(draft({ codeUrl: 'https://github.com/a/new', updatedOn: '2026-03-01' }), NOW);
  const other = { codeUrl: 'https://github.com/third/party', organization: { slug: 'third', name: 'Third' } };
  assert.equal(mergeRow(stored, draft({ ...other, updatedOn: '2026-01-02' })).code_url, 'https://github.com/a/new');
  assert.equal(mergeRow(stored, draft({ ...other, updatedOn: '2026-03-01' })).code_url, 'https://github.com/a/new');
  assert.equal(
    mergeRow(stored, draft({ ...other, updatedOn: '2026-04-01' })).code_url,
    'https://github.com/third/party',
  );
  const withHome = newRow(draft({ organization: { slug: 'home', name: 'Home' }, updatedOn: '2026-03-01' }), NOW);
  assert.equal(mergeRow(withHome, draft({ ...other, updatedOn: '2026-01-02' })).organization_slug, 'home');
});

test('an older description that has the first names brings their number too', () => {
  const stored = newRow(draft({ authors: [], updatedOn: '2026-03-01' }), NOW);
  assert.equal(mergeRow(stored, draft({ updatedOn: '2026-01-02' })).author_count, 1);
});

test('a list that ends in et al. does not replace a complete one', () => {
  const all = newRow(draft({ authors: [person('A', 'B'), person('C', 'D'), person('E', 'F')] }), NOW);
  const cut = mergeRow(all, draft({ authors: [person('A', 'B')], authorCount: 2 }));
  assert.equal(decodeAuthors(cut.authors).length, 3);
  assert.equal(cut.author_count, 3);
});

test('an announcement day guessed from the hour beats one guessed from the day', () => {
  const guessed = newRow(draft({ announcedOn: '2026-01-05' }), NOW);
  const exact = mergeRow(guessed, draft({ announcedOn: '2026-01-06', versions: [{ number: 1, at: NOW }] }));
  assert.equal(exact.announced_on, '2026-01-06');
  assert.equal(mergeRow(exact, draft({ announcedOn: '2026-01-05' })).announced_on, '2026-01-06');
});

test('what is no web address is no link', () => {
  const row = newRow(
    draft({ license: 'javascript:alert(1)', codeUrl: 'data:text/html,x', projectUrl: 'https://x.org' }),
    NOW,
  );
  assert.deepEqual([row.license, row.code_url, row.project_url], [null, null, 'https://x.org']);
  assert.equal(mergeRow(row, draft({ license: 'vbscript:x' })).license, null);
});
