import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operators } from './operators.ts';
import { parseQuery } from './parse.ts';
import { printQuery } from './print.ts';
import { OPERATOR_NAMES } from './read-operator.ts';

test('the help has every operator that is understood, and no other', () => {
  assert.deepEqual(operators.flatMap(({ names }) => names).toSorted(), OPERATOR_NAMES.toSorted());
});

for (const { names, example, meaning } of operators) {
  test(`the example ${example} is understood as it stands`, () => {
    const query = parseQuery(example);
    assert.deepEqual(query.unread, []);
    assert.equal(query.parts.filter(({ kind }) => kind === 'word').length, 0);
    assert.equal(printQuery(query), example);
    assert.ok(names.length === 0 || names.some((name) => example.startsWith(`${name}:`)));
    assert.match(meaning, /^\w[^\n]{5,70}[^.]$/);
  });
}
