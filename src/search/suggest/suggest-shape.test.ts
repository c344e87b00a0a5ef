import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyByShape } from '../../../test/copy-by-shape.ts';
import { addPaper, createSuggestIndex, invertAll } from './suggest-index.ts';
import type { SuggestIndex } from './suggest-index.ts';
import { titlesShape } from './suggest-shape.ts';

/** Tables by what is in them. */
function contentOf({ wordTable, authorTable, ...index }: SuggestIndex): unknown {
  const tables = [wordTable, authorTable].map(({ size, entries }) => ({ size, entries }));
  return { ...index, tables };
}

test('nothing of the index of offers is left out of the file, whatever is added to it one day', () => {
  const index = createSuggestIndex();
  for (let seq = 1; seq < 300; seq++) {
    const authors = [{ family: `Family${seq % 40}`, given: 'Ada', suffix: '', affiliation: '' }];
    addPaper(index, { seq, title: `Whales and waves ${seq % 100}`, authors, published_on: '2026-01-05' });
  }
  for (const _ of invertAll(index, 1));
  for (const [name, part] of Object.entries(index)) {
    assert.notDeepEqual(part, createSuggestIndex()[name as keyof SuggestIndex], `${name} is empty`);
  }
  const copy = copyByShape(titlesShape, { index, papers: 299 });
  assert.deepEqual(contentOf(copy.index), contentOf(index));
  assert.equal(copy.papers, 299);
});
