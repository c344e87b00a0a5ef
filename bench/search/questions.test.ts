import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, drawQuestions, KINDS, secondHalf } from './questions.ts';
import { exponent, slope } from './slope.ts';
import { percentile } from './asking.ts';
import { drawWorst, WORST } from './worst.ts';

const papers = Array.from({ length: 60 }, (_, number) => ({
  id: `2601.${String(number).padStart(5, '0')}`,
  title: `Learning ${'abcdefghij'[number % 10]}lpha models from ${'klmnopqrst'[Math.floor(number / 10)]}raphs without labels`,
  abstract: 'We study how a thing changes another. '.repeat(12),
  authors: ['Ada Lovelace'],
  categories: ['cs.LG'],
  published: '2026-01-05',
}));

test('questions are of their kind, the same each time, and no longer than a search may be', () => {
  const drawn = drawQuestions(papers, 10);
  assert.deepEqual(drawn, drawQuestions(papers, 10));
  for (const kind of KINDS) {
    assert.equal(drawn[kind].length, 10, kind);
    assert.ok(drawn[kind].every(({ q }) => q.length > 0 && q.length <= 250));
  }
  assert.ok(drawn.long.every(({ q }) => q.split(' ').length === 30));
  assert.ok(drawn.phrase.every(({ q }) => /^"\w+( [\w-]+)+"$/.test(q)));
  assert.ok(drawn.negated.every(({ q }) => / -\w+$/.test(q)));
  assert.deepEqual(
    new Set(drawn.filtered.map(({ q }) => /(\w+):/.exec(q)?.[1])),
    new Set(['category', 'author', 'after']),
  );
});

test('the worst questions fit into a search too', () => {
  const drawn = drawWorst(papers);
  for (const kind of WORST) {
    assert.equal(drawn[kind].length, 60, kind);
    assert.ok(drawn[kind].every(({ q }) => q.length > 0 && q.length <= 250));
  }
  assert.equal(drawn['author of two words'][0]?.q, 'author:"Ada Lovelace"');
  assert.ok(drawn['many exclusions'].every(({ q }) => / -"| -author:"|^-author:"/.test(q)));
});

test('a long text is cut between words, a half begins with one', () => {
  const text = 'word '.repeat(100);
  assert.match(cut(text), /^(word )*word$/);
  assert.ok(cut('x'.repeat(400)).length <= 250);
  assert.match(secondHalf('one two three four'), /^(three )?four$/);
});

test('slopes, exponents and percentiles', () => {
  assert.equal(
    slope([
      [0, 1],
      [1, 3],
      [2, 5],
    ]),
    2,
  );
  assert.ok(
    Math.abs(
      exponent([
        [1, 5],
        [10, 50],
        [100, 500],
      ]) - 1,
    ) < 1e-9,
  );
  assert.ok(
    Math.abs(
      exponent([
        [1, 5],
        [10, 5],
      ]),
    ) < 1e-9,
  );
  const values = Array.from({ length: 100 }, (_, at) => 100 - at);
  assert.deepEqual(
    [0.5, 0.99, 1].map((share) => percentile(values, share)),
    [50, 99, 100],
  );
});
