import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tokenize } from '../tokens.ts';
import { authorTermOf, packPaper, termOf, unpackOrder, unpackTerms } from './terms.ts';
import type { PaperText } from './terms.ts';

const words = fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 400 }).map((list) => list.join(' '));
const paper: fc.Arbitrary<PaperText> = fc.record({
  title: words,
  abstract: words,
  authors: fc.array(words, { maxLength: 3 }),
  categories: fc.constantFrom('', 'cs.LG', 'cs.LG stat.ML'),
});

test('what is packed comes back: every term once, its weighted count, and the words in their order', () => {
  fc.assert(
    fc.property(paper, ({ title, abstract, authors, categories }) => {
      const { terms, counts, order } = unpackTerms(packPaper({ title, abstract, authors, categories }));
      assert.equal(new Set(terms).size, terms.length);
      const expected = new Map<number, number>();
      const add = (text: string, weight: number, kind = termOf) => {
        for (const token of tokenize(text)) expected.set(kind(token), (expected.get(kind(token)) ?? 0) + weight);
      };
      add(title, 3);
      add(abstract, 1);
      for (const author of authors) {
        add(author, 2);
        add(author, 0, authorTermOf);
      }
      add(categories, 2);
      assert.deepEqual(
        new Map(Array.from(terms, (term, at) => [term, counts[at]])),
        new Map([...expected].map(([term, count]) => [term, Math.min(count, 255)])),
      );
      assert.deepEqual(
        unpackOrder(order).map((place) => (place < 0 ? -1 : terms[place])),
        [title, abstract, ...authors].flatMap((text) => [...tokenize(text).map(termOf), -1]),
      );
    }),
    { numRuns: 60 },
  );
});

test('a text of endless different words is kept up to a limit, and the next paper is not touched by it', () => {
  const endless = Array.from({ length: 50_000 }, (_, at) => `w${at}`).join(' ');
  const packed = unpackTerms(packPaper({ title: 'First', abstract: endless, authors: [], categories: '' }));
  assert.ok(packed.terms.length > 8000 && packed.terms.length < 10_000);
  assert.ok(packed.terms.includes(termOf('first')));
  const next = unpackTerms(packPaper({ title: 'Second', abstract: '', authors: [], categories: '' }));
  assert.deepEqual([...next.terms], [termOf('second')]);
});

test('bytes that lie anywhere in a buffer are read alike; none are no terms', () => {
  const packed = packPaper({ title: 'Odd places', abstract: '', authors: [], categories: '' });
  const shifted = new Uint8Array(packed.length + 1);
  shifted.set(packed, 1);
  assert.deepEqual(unpackTerms(shifted.subarray(1)).terms, unpackTerms(packed).terms);
  assert.equal(unpackTerms(new Uint8Array(0)).terms.length, 0);
});
