import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPapers, createLexicalIndex, informationOf } from './lexical-index.ts';
import { nearnessOf } from './nearness.ts';
import { questionTerms } from './question.ts';
import { packPaper, termOf } from './terms.ts';

const FILLER = 'one thing after another thing and then one more thing';

/** By paper, in their order, what the words of the question have to do with each other. */
function nearness(question: string, ...papers: (string | [title: string, abstract: string])[]): number[] {
  const index = createLexicalIndex();
  const packed = papers.map((paper) => {
    const [title, abstract] = typeof paper === 'string' ? ['', paper] : paper;
    return packPaper({ title, abstract, authors: [], categories: '' });
  });
  addPapers(
    index,
    packed.map((terms, at) => ({ seq: at + 1, packed: terms })),
  );
  const seqs = Int32Array.from(papers, (_, at) => at + 1);
  return [...nearnessOf(index, questionTerms(question), seqs)];
}

test('words side by side say more together than with words between, and nothing far apart', () => {
  const [beside = 0, near = 0, far, single] = nearness(
    'red fox',
    'red fox cat cat cat',
    'red cat cat fox cat',
    `red ${FILLER} fox`,
    'red cat cat cat cat',
  );
  assert.ok(beside > near && near > 0);
  assert.equal(far, 0);
  assert.equal(single, 0);
});

test('the order of the two does not matter; said again says more; a word beside itself is no pair', () => {
  const [forth = 0, back, twice = 0, same] = nearness(
    'red fox',
    'red fox cat cat cat cat cat',
    'fox red cat cat cat cat cat',
    'red fox cat cat cat red fox',
    'red red cat cat cat cat cat',
  );
  assert.equal(forth, back);
  assert.ok(twice > forth);
  assert.equal(same, 0);
});

test('the last word of a title stands beside no word of the abstract', () => {
  const [across, within = 0] = nearness('red fox', ['a red', 'fox'], ['a red fox', 'cat']);
  assert.equal(across, 0);
  assert.ok(within > 0);
});

test('it is in the measure of BM25', () => {
  const index = createLexicalIndex();
  const paper = (text: string) => packPaper({ title: '', abstract: text, authors: [], categories: '' });
  addPapers(index, [
    { seq: 1, packed: paper('red cat fox') },
    { seq: 2, packed: paper('red cat cat') },
    { seq: 3, packed: paper('red dog cat') },
  ]);
  const [red, fox] = [informationOf(index, termOf('red')), informationOf(index, termOf('fox'))];
  // All three have three words, so that the norm is k1. The two stand two words apart.
  const part = (other: number) => other / 4 / (other / 4 + 1.2);
  const expected = Math.min(1, red) * part(fox) + Math.min(1, fox) * part(red);
  const [found = 0] = nearnessOf(index, questionTerms('red fox'), Int32Array.of(1));
  assert.ok(Math.abs(found - expected) < 1e-6, `${found} is not ${expected}`);
});

test('a paper that is not indexed has none, and unknown or single words neither; the next question finds the places free', () => {
  const index = createLexicalIndex();
  addPapers(index, [{ seq: 3, packed: packPaper({ title: '', abstract: 'red fox', authors: [], categories: '' }) }]);
  const seqs = Int32Array.of(3, 4);
  assert.deepEqual([...nearnessOf(index, questionTerms('red unheard'), seqs)], [0, 0]);
  assert.deepEqual([...nearnessOf(index, questionTerms('red'), seqs)], [0, 0]);
  assert.ok((nearnessOf(index, questionTerms('red fox'), seqs)[0] ?? 0) > 0);
  assert.equal(nearnessOf(index, questionTerms('red fox'), seqs)[1], 0);
  assert.ok(index.texts.slotOf.every((slot) => slot === 0));
});
