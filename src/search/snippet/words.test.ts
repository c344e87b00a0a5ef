import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wantedBy, wantedTerms } from './wanted.ts';
import { eachWord } from './words.ts';

const LETTERS = String.raw`\p{L}\p{N}\p{M}`;
const JOINTS = "\\-_^.'’ʼ‐-–−";
const PATTERN = new RegExp(`[${LETTERS}]+(?:[${JOINTS}][${LETTERS}]+)*(?:\\++(?![${LETTERS}+])|#)?`, 'gu');

function wordsOf(text: string, typed: string) {
  const words: { word: string; start: number; isMaybe: boolean }[] = [];
  const wanted = wantedBy({ parts: [{ kind: 'word', text: typed }] });
  eachWord(text, wanted.heads, (start, end, isMaybe) => words.push({ word: text.slice(start, end), start, isMaybe }));
  return { words, wanted };
}

const pieces = fc.constantFrom(
  ...`a x C t y GPT 4 SNE cat Cats dying die use using useful ability able skies sky flies of gpts relational relate
  generically generous happily hoping hopped communities rationalization early 3.5 e.g. u.s. don ' t - _ ^ . + ++ # , ( ) — – ’ é e\u0301 ℓ ₁ 深度 学习 𝔸 😀 \ud83d λ-x`.split(
    /\s+/,
  ),
  ' ',
);
const texts = fc.array(pieces, { maxLength: 12 }).map((list) => list.join(''));

test('words are what the pattern says, and none that is wanted is passed over', () => {
  fc.assert(
    fc.property(texts, texts, (text, typed) => {
      const { words, wanted } = wordsOf(text, typed);
      assert.deepEqual(
        words.map(({ word, start }) => [start, word]),
        [...text.matchAll(PATTERN)].map(({ 0: word, index }) => [index, word]),
      );
      for (const { word, isMaybe } of words) {
        if (!isMaybe) assert.deepEqual(wantedTerms(wanted, word), [], `${word} for ${typed}`);
      }
    }),
    { numRuns: 5000 },
  );
});

test('most words are passed over', () => {
  const { words } = wordsOf('A state-of-the-art model of x_1 by t-SNE and C++', 'sne');
  assert.deepEqual(
    words.filter(({ isMaybe }) => isMaybe).map(({ word }) => word),
    ['t-SNE'],
  );
});
