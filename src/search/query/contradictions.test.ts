import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canMatch, contradictionIn } from './contradictions.ts';
import { parseQuery } from './parse.ts';

const cases: [typed: string, contradiction: string | undefined][] = [
  ['cats after:2026 before:2025', 'No day is in both after:2026 and before:2025.'],
  ['year:2024 after:2025-06', 'No day is in both after:2025-06 and before:2025.'],
  ['after:2025 before:2025', 'No day is in both after:2025 and before:2025.'],
  ['after:2025 before:2025-01-02', undefined],
  ['-year:2024 after:2025', undefined],
  ['author:li -author:li', 'author:li and -author:li exclude each other.'],
  ['-"deep nets" "deep nets"', '"deep nets" and -"deep nets" exclude each other.'],
  ['author:li -author:wang', undefined],
  ['lora -lora', undefined],
];

for (const [typed, contradiction] of cases) {
  test(`${typed}: ${contradiction ?? 'no contradiction'}`, () => {
    assert.equal(contradictionIn(parseQuery(typed)), contradiction);
    assert.equal(canMatch(parseQuery(typed)), contradiction === undefined);
  });
}

test('marks alone find nothing, words, conditions and orders may', () => {
  for (const typed of ['-', '(', '%', '']) assert.ok(!canMatch(parseQuery(typed)), typed);
  for (const typed of ['cats', '-cats', 'has:code', 'sort:new', '( cats'])
    assert.ok(canMatch(parseQuery(typed)), typed);
});
