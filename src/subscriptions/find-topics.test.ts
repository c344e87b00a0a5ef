/** Topics as people write them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import { makeDraft, save } from '../../test/drafts.ts';
import { findTopics } from './find-topics.ts';
import type { TypedTopics } from './find-topics.ts';
import { nameManyTopics, nameOfTopics, readTopics } from './topics.ts';

const NONE: TypedTopics = { everything: false, categories: [], authors: [], organizations: [], searches: [] };

onEachDatabase('topics', (open) => {
  test('are found by names, codes and addresses, each once', async () => {
    await using database = await open();
    const { db } = database;
    const author = { family: 'Ångström', given: 'Ann', suffix: '', affiliation: '' };
    await save(db, makeDraft(1, { authors: [author], organization: { slug: 'acme-labs', name: 'ACME Labs' } }));
    const { topics, problems } = await findTopics(db, {
      everything: true,
      categories: ['CS.lg', 'cs.LG', 'cs'],
      authors: ['Ann Ångström', 'ann angstrom', 'https://papers.example/authors/ann-angstrom?after=x'],
      organizations: ['acme labs', '/organizations/acme-labs'],
      searches: ['  mixture   of experts ', 'author:"Ann Lee"'],
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(topics, [
      { kind: 'everything' },
      { kind: 'category', id: 'cs.LG' },
      { kind: 'category', id: 'cs' },
      { kind: 'author', slug: 'ann-angstrom', name: 'Ann Ångström' },
      { kind: 'organization', slug: 'acme-labs', name: 'ACME Labs' },
      { kind: 'search', q: 'mixture   of experts' },
      { kind: 'search', q: 'author:"Ann Lee"' },
    ]);
    assert.deepEqual(readTopics(JSON.stringify(topics)), topics);
    assert.equal(nameOfTopics(topics), 'What is trending and 6 more');
    assert.equal(nameOfTopics(topics.slice(1, 2)), 'Machine Learning (cs.LG)');
    assert.equal(nameOfTopics(topics.slice(0, 2)), 'What is trending and Machine Learning (cs.LG)');
    assert.match(nameManyTopics(topics), /^What is trending, Machine Learning \(cs\.LG\), .* and 2 more$/);
  });

  test('that do not exist are told one by one, with what would be right', async () => {
    await using database = await open();
    const { topics, problems } = await findTopics(database.db, {
      ...NONE,
      categories: ['cs.XX'],
      authors: ['Nobody', '/authors/%E0%A4%A'],
      organizations: ['No such'],
      searches: ['!!', 'x'.repeat(251), 'after:yesterday'],
    });
    assert.deepEqual(topics, []);
    assert.equal(problems.length, 7);
    assert.match(problems[0] ?? '', /such as cs\.LG/);
    assert.match(problems[1] ?? '', /No paper here is by “Nobody”/);
    assert.match(problems[6] ?? '', /cannot be read/);
    assert.match((await findTopics(database.db, NONE)).problems[0] ?? '', /at least one topic/);
    const many = { ...NONE, searches: Array.from({ length: 51 }, (_, index) => `word${index}`) };
    assert.match((await findTopics(database.db, many)).problems[0] ?? '', /at most 50 topics/);
  });
});
