import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPapers, createLexicalIndex } from './lexical-index.ts';
import { matchPapers } from './match.ts';
import { questionTerms } from './question.ts';
import { packPaper } from './terms.ts';
import { titleShares } from './titles.ts';

/** By title, in their order, how much of it was typed. */
function shares(typed: string, ...titles: string[]): number[] {
  const index = createLexicalIndex();
  const abstract = 'Language models, agents and flows learn, attend and are evaluated.';
  addPapers(
    index,
    titles.map((title, at) => ({
      seq: at + 1,
      packed: packPaper({ title, abstract, authors: ['Ada Lovelace'], categories: 'cs.LG' }),
    })),
  );
  const seqs = Int32Array.from(titles, (_, at) => at + 1);
  const found = [...titleShares(index, typed, seqs)];
  // Who knows which words the papers hold reads fewer of them, and finds the same.
  const { matchedOf } = matchPapers(index, { terms: questionTerms(typed), limit: 10 });
  assert.deepEqual([...titleShares(index, typed, seqs, matchedOf)], found);
  return found;
}

test('the very title is 1, whatever its capitals, stop words, marks and endings', () => {
  for (const typed of [
    'Why Language Models Hallucinate',
    'why do language models hallucinate?',
    'language model hallucinating',
  ]) {
    assert.deepEqual(shares(typed, 'Why Language Models Hallucinate'), [1], typed);
  }
});

test('a title that begins with it has the share that was typed', () => {
  assert.deepEqual(
    shares('flow matching', 'Flow Matching', 'Flow Matching for Proteins', 'Flow Matching: Fast and Small Models'),
    [1, 2 / 3, 2 / 5],
  );
});

test('it must begin with all of it, in its order', () => {
  assert.deepEqual(
    shares('flow matching', 'Matching Flow', 'Fast Flow Matching', 'Flow of Data and Matching', 'Flow'),
    [0, 0, 0, 0],
  );
  // Words of the abstract do not go on where a title ends.
  assert.deepEqual(shares('small language models', 'Small'), [0]);
});

test('a space and a hyphen are the same, on either side', () => {
  assert.deepEqual(shares('energy based transformers', 'Energy-Based Transformers'), [1]);
  assert.deepEqual(
    shares('energy-based transformers', 'Energy Based Transformers', 'Energy-Based Transformers'),
    [1, 1],
  );
  assert.deepEqual(shares('self play', 'Self-Play', 'Self-Play and Agents'), [1, 2 / 3]);
});

test('nothing fits a question without words, or with a word that no paper has', () => {
  for (const typed of ['', '???', 'the of', 'flow zebra'])
    assert.deepEqual(shares(typed, 'Flow', 'The Of'), [0, 0], typed);
});

test('a paper without an entry has no title', () => {
  const index = createLexicalIndex();
  assert.deepEqual([...titleShares(index, 'flow', Int32Array.of(7))], [0]);
});
