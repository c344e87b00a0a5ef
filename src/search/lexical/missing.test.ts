import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPapers, createLexicalIndex } from './lexical-index.ts';
import { missingIn } from './missing.ts';
import { packPaper } from './terms.ts';

test('a paper lacks what stands neither in title, abstract, names nor categories, as it was typed', () => {
  const index = createLexicalIndex();
  const packed = packPaper({
    title: 'The GPT-4 Report',
    abstract: 'It models languages.',
    authors: ['Ada Lovelace'],
    categories: 'cs.LG',
  });
  addPapers(index, [{ seq: 7, packed }]);
  const missing = (...words: string[]) => missingIn(index, words)(7);
  assert.deepEqual(missing('reports', 'Model', 'lovelace', 'cs', 'gpt-4', 'gpt4'), []);
  assert.deepEqual(missing('report', 'Leaderboard', 'of the', 'Llama-3'), ['Leaderboard', 'Llama-3']);
  // One that is not indexed is not judged.
  assert.deepEqual(missingIn(index, ['leaderboard'])(8), []);
});
