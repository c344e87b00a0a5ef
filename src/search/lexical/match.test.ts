import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addPapers, createLexicalIndex, informationOf, lengthNorm } from './lexical-index.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { matchPapers } from './match.ts';
import { questionTerms } from './question.ts';
import { packPaper, termOf } from './terms.ts';

const packed = (text: string) => packPaper({ title: '', abstract: text, authors: [], categories: '' });

function indexOf(texts: readonly string[]): LexicalIndex {
  const index = createLexicalIndex();
  addPapers(
    index,
    texts.map((text, at) => ({ seq: at + 1, packed: packed(text) })),
  );
  return index;
}

const ask = (index: LexicalIndex, text: string, more = {}) =>
  matchPapers(index, { terms: questionTerms(text), limit: 10, ...more });
const seqs = (index: LexicalIndex, text: string, more = {}) => [...ask(index, text, more).seqs];

test('the score is BM25', () => {
  const index = indexOf(['red fox', 'red red dog barks', 'cat']);
  // Three papers of 2, 4 and 1 words; "red" stands in two of them, twice in the second.
  const information = Math.log(1 + (3 - 2 + 0.5) / (2 + 0.5));
  const part = (times: number, length: number) => times / (times + 1.2 * (0.25 + (0.75 * length) / (7 / 3)));
  const { complete, scoreOf } = ask(index, 'red');
  assert.equal(complete.length, 2);
  assert.ok(Math.abs(scoreOf(1) - information * part(1, 2)) < 1e-6);
  assert.ok(Math.abs(scoreOf(2) - information * part(2, 4)) < 1e-6);
});

test('rare words tell more, a word that nobody has tells most', () => {
  const index = indexOf(['a common word', 'common rare', 'common']);
  const of = (word: string) => informationOf(index, termOf(word));
  assert.ok(of('common') < of('rare') && of('rare') < of('unheard'));
  assert.ok(of('common') > 0);
});

test('it is told which papers hold all the words; filters are exact; nothing asked, nothing found', () => {
  const index = indexOf(['red fox', 'red dog', 'dog red', 'cat']);
  const complete = (text: string, more = {}) => [...ask(index, text, more).complete].toSorted((a, b) => a - b);
  assert.deepEqual(complete('red dog'), [2, 3]);
  assert.deepEqual(complete('red unheard'), []);
  assert.deepEqual(seqs(index, 'red', { accepted: Uint8Array.of(0, 1, 0, 1) }), [3, 1]);
  assert.deepEqual(complete('red', { accepted: Uint8Array.of(0, 1), limit: 0 }), [1]);
  assert.deepEqual(seqs(index, ''), []);
  assert.deepEqual(seqs(createLexicalIndex(), 'red'), []);
});

test('stop words count only where there is nothing else', () => {
  const index = indexOf(['to be or not to be', 'the fox']);
  assert.deepEqual(seqs(index, 'the fox or the dog'), [2]);
  assert.deepEqual(seqs(index, 'to be or not to be'), [1]);
});

test('a paper that is replaced is found by its new words only', () => {
  const index = indexOf(['red fox', 'dog']);
  addPapers(index, [{ seq: 1, packed: packed('green fox') }]);
  assert.deepEqual(seqs(index, 'red'), []);
  assert.deepEqual(seqs(index, 'green'), [1]);
  assert.equal(ask(index, 'fox').scoreOf(1) > 0, true);
  assert.equal(index.papers, 2);
});

test('papers are found alike however they arrive: one by one, at once, waiting or settled, and as by hand', () => {
  const words = fc.array(fc.constantFrom('ant', 'bee', 'cat', 'dog', 'elk'), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 30 }), words, (papers, question) => {
      const texts = papers.map((paper) => paper.join(' '));
      // Enough others to settle those above in runs, with words of their own so that they are never found.
      const filling = Array.from({ length: 1100 }, (_, at) => ({ seq: 1000 + at, packed: packed(`filler${at % 7}`) }));
      const settled = indexOf(texts);
      addPapers(settled, filling);
      assert.equal(settled.waiting.length, 0);
      const waiting = createLexicalIndex();
      addPapers(waiting, filling);
      for (const [at, text] of texts.entries()) addPapers(waiting, [{ seq: at + 1, packed: packed(text) }]);
      assert.equal(waiting.waiting.length, texts.length);
      const a = ask(settled, question.join(' '), { limit: 50 });
      const b = ask(waiting, question.join(' '), { limit: 50 });
      const holders = papers.filter((paper) => paper.some((word) => question.includes(word))).length;
      assert.equal(a.seqs.length, holders);
      assert.equal(b.seqs.length, holders);
      for (let seq = 1; seq <= texts.length; seq++) assert.ok(Math.abs(a.scoreOf(seq) - b.scoreOf(seq)) < 1e-5);
      const descending = Array.from(a.seqs, a.scoreOf);
      assert.deepEqual(
        descending,
        descending.toSorted((x, y) => y - x),
      );
    }),
    { numRuns: 30 },
  );
});

test('whatever is added and replaced, under any filter: what is found is what BM25 says, in its order', () => {
  const words = fc.array(fc.constantFrom<string[]>('ant', 'bee', 'cat', 'dog', 'elk'), { minLength: 1, maxLength: 8 });
  const change = fc.tuple(fc.integer({ min: 1, max: 20 }), words);
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 50 }),
      fc.uniqueArray(fc.constantFrom<string[]>('ant', 'bee', 'cat', 'unheard'), { minLength: 1 }),
      fc.option(fc.nat()),
      fc.nat(25),
      (changes, question, mask, limit) => {
        const index = createLexicalIndex();
        for (const [seq, text] of changes) addPapers(index, [{ seq, packed: packed(text.join(' ')) }]);
        const papers = new Map(changes);
        const accepted = mask === null ? undefined : Uint8Array.from({ length: 21 }, (_, seq) => (mask >> seq) & 1);
        const lengths = [...papers.values()].map((text) => text.length);
        const mean = lengths.reduce((sum, length) => sum + length, 0) / papers.size;
        const scoreOf = (text: string[]) =>
          question.reduce((sum, word) => {
            const times = text.filter((one) => one === word).length;
            const part = times / (times + 1.2 * (0.25 + (0.75 * text.length) / mean));
            return sum + informationOf(index, termOf(word)) * part;
          }, 0);
        const allowed = [...papers].filter(([seq]) => accepted?.[seq] !== 0);
        const expected = allowed
          .map(([seq, text]) => ({ seq, score: scoreOf(text) }))
          .filter(({ score }) => score > 0)
          .toSorted((a, b) => b.score - a.score);
        const {
          seqs: found,
          complete,
          scoreOf: scoreAt,
          matchedOf,
        } = ask(index, question.join(' '), { accepted, limit });
        assert.deepEqual(
          [...complete].toSorted((a, b) => a - b),
          allowed
            .filter(([, text]) => question.every((word) => text.includes(word)))
            .map(([seq]) => seq)
            .toSorted((a, b) => a - b),
        );
        assert.equal(found.length, Math.min(limit, expected.length));
        found.forEach((seq, at) => {
          const score = scoreAt(seq);
          assert.ok(Math.abs(score - (expected[at]?.score ?? NaN)) < 1e-5);
          const text = papers.get(seq) ?? assert.fail();
          assert.ok(Math.abs(score - scoreOf(text)) < 1e-5);
          assert.equal(matchedOf(seq), question.filter((word) => text.includes(word)).length);
        });
      },
    ),
    { numRuns: 100 },
  );
});

test('of tens of thousands of papers, settled, waiting and replaced, under any filter: as plain arithmetic has them', () => {
  let state = 11;
  const next = (below: number) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8) % below;
  const vocabulary = Array.from({ length: 40 }, (_, at) => `w${at}`);
  // The first words stand in a third of the papers, the last in one of hundreds.
  const word = () => vocabulary[Math.min(next(40), next(40), next(40))] ?? assert.fail();
  const papers = new Map<number, string[]>();
  const index = createLexicalIndex();
  for (const size of [9000, 9000, 700]) {
    const batch = Array.from({ length: size }, () => ({
      seq: 1 + next(19_000),
      text: Array.from({ length: 1 + next(9) }, word),
    }));
    for (const { seq, text } of batch) papers.set(seq, text);
    addPapers(
      index,
      batch.map(({ seq, text }) => ({ seq, packed: packed(text.join(' ')) })),
    );
  }
  assert.equal(index.waiting.length, 700);
  const { fround, trunc } = Math;
  const { fixed, perLength } = lengthNorm(index);
  const number = (seq: number) => index.numbers[seq] ?? NaN;
  /** Numbers as score.wat has them; what waits is reckoned with more digits. */
  const roundingOf = (seq: number) => (number(seq) > index.count - 700 ? (value: number) => value : fround);
  for (let turn = 0; turn < 12; turn++) {
    const question = [...new Set(Array.from({ length: 1 + next(5) }, word))];
    const accepted =
      turn % 3 === 0 ? undefined : Uint8Array.from({ length: 18_000 }, () => +(next(20) < 19 - 9 * (turn % 3)));
    const limit = next(3) * 250;
    const weights = question.map((one) => informationOf(index, termOf(one)));
    const steps = (2 ** 25 - 1 - question.length) / weights.reduce((sum, weight) => sum + weight, 0);
    const scored = [...papers].flatMap(([seq, text]) => {
      if (accepted && accepted[seq] !== 1) return [];
      const round = roundingOf(seq);
      const length = round(round(perLength) * text.length);
      const parts = question.flatMap((one, at) => {
        const times = text.filter((other) => other === one).length;
        const weight = round((weights[at] ?? NaN) * steps);
        const norm = round(round(times + round(fixed)) + length);
        return times === 0 ? [] : [1 + trunc(round(round(weight * times) / norm))];
      });
      return parts.length === 0
        ? []
        : [{ seq, words: parts.length, score: parts.reduce((sum, part) => sum + part, 0) }];
    });
    const found = ask(index, question.join(' '), { accepted, limit });
    assert.deepEqual(
      [...found.seqs],
      scored
        .toSorted((a, b) => b.score - a.score || number(b.seq) - number(a.seq))
        .slice(0, limit)
        .map(({ seq }) => seq),
    );
    assert.deepEqual([...found.scores], [...found.seqs].map(found.scoreOf));
    assert.deepEqual(
      new Set(found.complete),
      new Set(scored.filter(({ words: held }) => held === question.length).map(({ seq }) => seq)),
    );
    for (const { seq, words: held } of scored.slice(0, 500)) assert.equal(found.matchedOf(seq), held);
  }
});

test('of more words than are counted those that tell most rank', () => {
  const common = Array.from({ length: 150 }, (_, at) => `common${at}`).join(' ');
  const index = indexOf([common, common, `${common} rare`]);
  const { seqs: found, matchedOf } = ask(index, `${common} rare`);
  assert.equal(found[0], 3);
  assert.equal(matchedOf(3), 127);
});
