import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasPart, withClause, withoutPart, withSort } from './edit.ts';
import { parseQuery } from './parse.ts';
import { printQuery } from './print.ts';
import type { Clause, Part } from './query.ts';

const MACHINE_LEARNING: Clause = { kind: 'category', name: 'cs.LG' };
const YEAR_2024: Clause = { kind: 'published', from: '2024-01-01', to: '2024-12-31' };

const narrowed: [before: string, clause: Clause, after: string][] = [
  ['fast "deep nets" -slow', MACHINE_LEARNING, 'fast "deep nets" -slow category:cs.LG'],
  ['nets category:cs.LG', MACHINE_LEARNING, 'nets category:cs.LG'],
  ['category:cs nets', MACHINE_LEARNING, 'nets category:cs.LG'],
  ['category:cs.CV nets', MACHINE_LEARNING, 'category:cs.CV nets category:cs.LG'],
  ['nets -category:cs.LG -category:cs.CV', MACHINE_LEARNING, 'nets -category:cs.CV category:cs.LG'],
  ['year:2020-2025 nets', YEAR_2024, 'year:2020-2025 nets year:2024'],
  ['after:2020 before:2025 nets', YEAR_2024, 'after:2020 before:2025 nets year:2024'],
  ['after:2024-06 nets', YEAR_2024, 'after:2024-06 nets year:2024'],
  ['nets sort:new', YEAR_2024, 'nets year:2024 sort:new'],
];

for (const [before, clause, after] of narrowed) {
  test(`${before} narrowed to ${after}`, () => assert.equal(printQuery(withClause(parseQuery(before), clause)), after));
}

test('what is taken away leaves the rest as it was', () => {
  const query = parseQuery('a category:cs.LG -b year:2024 a "c d" sort:new');
  const without = (part: Part) => printQuery(withoutPart(query, part));
  assert.equal(without(MACHINE_LEARNING), 'a -b year:2024 a "c d" sort:new');
  assert.equal(without(YEAR_2024), 'a category:cs.LG -b a "c d" sort:new');
  assert.equal(
    without({ kind: 'not', part: { kind: 'word', text: 'b' } }),
    'a category:cs.LG year:2024 a "c d" sort:new',
  );
  assert.equal(without({ kind: 'code' }), printQuery(query));
  assert.equal(printQuery(withoutPart(withClause(query, { kind: 'code' }), { kind: 'code' })), printQuery(query));
});

test('the order changes and nothing else', () => {
  const query = parseQuery('a year:2024 sort:new');
  assert.equal(printQuery(withSort(query, 'trending')), 'a year:2024 sort:trending');
  assert.equal(printQuery(withSort(query, 'relevance')), 'a year:2024');
});

test('a query knows its conditions', () => {
  assert.ok(hasPart(parseQuery('a year:2024'), YEAR_2024));
  assert.ok(!hasPart(parseQuery('a -year:2024'), YEAR_2024));
});
