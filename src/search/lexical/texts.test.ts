import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addPapers, createLexicalIndex, informationOfNumber, shareTerms, weighPapers } from './lexical-index.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { seqsWithAuthor, seqsWithPhrase } from './phrases.ts';
import { packPaper, termOf, unpackTerms } from './terms.ts';
import type { PaperText } from './terms.ts';

/** Others that come first, so that words of the papers have numbers of one, two and three bytes. */
const early = 'e0 e1 e2';
const filling = ['f', 'g', 'h'].map((letter) => Array.from({ length: 6000 }, (_, at) => `${letter}${at}`).join(' '));
const words = fc.constantFrom('e0', 'e1', 'e2', 'f9', 'f300', 'h5900', 'x1', 'x2', 'y1');
const text = fc.array(words, { maxLength: 60 }).map((list) => list.join(' '));
const name = fc.array(words, { minLength: 1, maxLength: 4 }).map((list) => list.join(' '));
const paper: fc.Arbitrary<PaperText> = fc.record({
  title: text,
  abstract: text,
  authors: fc.array(name, { maxLength: 3 }),
  categories: fc.constantFrom('', 'x1.e0', 'f9 y1'),
});
const FILLING = 1 + filling.length;

const only = (abstract: string): PaperText => ({ title: '', abstract, authors: [], categories: '' });

/** The papers have the numbers (`papers.seq`) from 0 on, the others those beyond. */
function indexOf(papers: readonly PaperText[]): LexicalIndex {
  const index = createLexicalIndex();
  const all = [...[early, ...filling].map(only), ...papers];
  addPapers(
    index,
    all.map((one, at) => ({ seq: at < FILLING ? papers.length + at : at - FILLING, packed: packPaper(one) })),
  );
  return index;
}

test('of the words of several papers it is told how many have them, and what of BM25 they amount to', () => {
  const endless = only('x1 '.repeat(300));
  fc.assert(
    fc.property(fc.array(paper, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 3 }), (some, least) => {
      const papers = [...some, endless];
      const index = indexOf(papers);
      const mean = index.totalLength / index.papers;
      const expected = new Map<number, { sum: number; holders: number }>();
      papers.forEach((one, seq) => {
        const { terms, counts } = unpackTerms(packPaper(one));
        const length = counts.reduce((sum, count) => sum + count, 0);
        terms.forEach((term, at) => {
          const times = counts[at] ?? 0;
          // Terms that count nothing are there to filter by authors.
          if (times === 0) return;
          const { sum, holders } = expected.get(index.table.find(term)) ?? { sum: 0, holders: 0 };
          const part = times / (times + 1.2 * (0.25 + (0.75 * length) / mean));
          expected.set(index.table.find(term), { sum: sum + (seq + 1) * part, holders: holders + 1 });
        });
      });
      for (const [term, { holders: count }] of expected) if (count < least) expected.delete(term);
      const seqs = Int32Array.from(papers.keys());
      // Twice, because the first time leaves what the second one finds.
      shareTerms(index, seqs, new Float64Array(seqs.length), 1);
      const { terms, sums, holders } = shareTerms(
        index,
        seqs,
        Float64Array.from(seqs, (seq) => seq + 1),
        least,
      );
      assert.deepEqual(new Set(terms), new Set(expected.keys()));
      assert.equal(terms.length, expected.size);
      terms.forEach((term, at) => {
        const { sum, holders: count } = expected.get(term) ?? assert.fail();
        assert.equal(holders[at], count);
        assert.ok(Math.abs((sums[at] ?? NaN) - sum) <= 1e-6 * sum, `${sums[at]}, not ${sum}`);
      });
    }),
    { numRuns: 30 },
  );
});

test('papers are weighed as BM25 says, also for a word that counts more often than a byte holds', () => {
  const asked = fc.uniqueArray(words, { minLength: 1, maxLength: 9 });
  const endless = only('x1 '.repeat(300));
  fc.assert(
    fc.property(fc.array(paper, { maxLength: 5 }), asked, (some, question) => {
      const papers = [...some, endless];
      const index = indexOf(papers);
      const terms = question
        .map((word, at) => ({ term: index.table.find(termOf(word)), weight: 1 + at }))
        .filter(({ term }) => term >= 0);
      const seqs = [...papers.keys()];
      const scores = weighPapers(index, terms, Int32Array.of(...seqs, 12_345));
      assert.equal(scores[seqs.length], 0);
      const mean = index.totalLength / index.papers;
      for (const seq of seqs) {
        const { terms: held, counts } = unpackTerms(packPaper(papers[seq] ?? assert.fail()));
        const length = counts.reduce((sum, count) => sum + count, 0);
        const expected = terms.reduce((sum, { term, weight }) => {
          const times = counts[held.findIndex((one) => index.table.find(one) === term)] ?? 0;
          const part = times / (times + 1.2 * (0.25 + (0.75 * length) / mean));
          return sum + weight * informationOfNumber(index, term) * part;
        }, 0);
        assert.ok(Math.abs((scores[seq] ?? NaN) - expected) <= 1e-5 * expected, `${scores[seq]}, not ${expected}`);
      }
    }),
    { numRuns: 30 },
  );
});

test('phrases are found where their words stand side by side, and in no other paper', () => {
  const phrase = fc.array(words, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(paper, { minLength: 1, maxLength: 12 }), phrase, fc.nat(), (papers, run, mask) => {
      const index = indexOf(papers);
      const seqs = [...papers.keys()];
      const accepted = Uint8Array.from(seqs, (seq) => (mask >> seq) & 1);
      const wanted = ` ${run.join(' ')} `;
      const has = ({ title, abstract, authors, categories }: PaperText) =>
        [title, abstract, ...authors].some((part) => ` ${part} `.includes(wanted)) ||
        // A single word is also found among the categories.
        (run.length === 1 && categories.split(/[ .]/).includes(run[0] ?? ''));
      const found = seqsWithPhrase(index, run.join(' '), accepted) ?? assert.fail();
      assert.deepEqual(
        [...found].toSorted((a, b) => a - b),
        seqs.filter((seq) => accepted[seq] === 1 && has(papers[seq] ?? assert.fail())),
      );
    }),
    { numRuns: 40 },
  );
});

test('authors are found by words of one name in any order', () => {
  fc.assert(
    fc.property(fc.array(paper, { minLength: 1, maxLength: 12 }), name, (papers, asked) => {
      const index = indexOf(papers);
      const found = seqsWithAuthor(index, asked) ?? assert.fail();
      const has = ({ authors }: PaperText) =>
        authors.some((author) => asked.split(' ').every((word) => author.split(' ').includes(word)));
      assert.deepEqual(
        [...found].toSorted((a, b) => a - b),
        [...papers.keys()].filter((seq) => has(papers[seq] ?? assert.fail())),
      );
    }),
    { numRuns: 40 },
  );
});
