import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyByShape } from '../../../test/copy-by-shape.ts';
import { addPapers, createLexicalIndex } from './lexical-index.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { lexicalShape } from './lexical-shape.ts';
import { packPaper } from './terms.ts';

/** Without where it lies in memory, and with no more of the texts than is in use. */
function contentOf({ table, postings, texts, ...index }: LexicalIndex): unknown {
  const { memory: _, at: __, score: ___, ...runs } = postings;
  const { memory: ____, at: _____, read: ______, bytes, ...words } = texts;
  const { size, entries } = table;
  return { ...index, table: { size, entries }, runs, words, bytes: bytes.slice(0, texts.size) };
}

test('nothing of the index of words is left out of the file, whatever is added to it one day', () => {
  const index = createLexicalIndex();
  const paper = (seq: number) => ({
    seq,
    packed: packPaper({
      title: `Whales ${seq}`,
      abstract: `of ${seq % 7} seas`,
      authors: ['Ada Lovelace'],
      categories: 'q-bio',
    }),
  });
  addPapers(
    index,
    Array.from({ length: 1500 }, (_, at) => paper(at + 1)),
  );
  // These wait for their place in the postings; two of them are replaced.
  addPapers(index, [paper(2000), paper(7), paper(2001), paper(2000)]);
  const copy = copyByShape(lexicalShape, index);
  assert.deepEqual(contentOf(copy), contentOf(index));
  for (const each of [copy, index]) {
    addPapers(
      each,
      Array.from({ length: 1100 }, (_, at) => paper(at + 1990)),
    );
  }
  assert.deepEqual(contentOf(copy), contentOf(index));
});
