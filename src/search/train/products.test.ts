/** The dense arithmetic of training. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { products, transpose } from './products.ts';
import type { Matrix } from './products.ts';

const matrix = (...rows: number[][]): Matrix => ({ data: Float64Array.from(rows.flat()), width: rows[0]?.length ?? 0 });

test('products of the rows asked for, none of the others', () => {
  const left = matrix([1, 2, 3], [0, 1, 0], [1, 1, 1], [2, 0, 0]);
  const right = matrix([1, 0, 0], [1, 10, 100]);
  const out = matrix([9, 9], [9, 9], [9, 9], [9, 9]);
  products(left, right, out, 2, 4);
  assert.deepEqual([...out.data], [9, 9, 9, 9, 1, 111, 2, 2]);
  products(left, right, out, 0, 2);
  assert.deepEqual([...out.data], [1, 321, 0, 10, 1, 111, 2, 2]);
});

test('columns become rows', () => {
  const out = matrix([0, 0], [0, 0], [0, 0]);
  transpose(matrix([1, 2, 3], [4, 5, 6]), out, 0, 3);
  assert.deepEqual([...out.data], [1, 4, 2, 5, 3, 6]);
});
