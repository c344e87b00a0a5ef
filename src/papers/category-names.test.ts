/** Category names: readers see words, and every category that arXiv uses has some. */

import assert from 'node:assert/strict';
import { existsSync, createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { createGunzip } from 'node:zlib';
import { categoryName } from './category-names.ts';

const REAL = new URL('../../../shared/data/arxiv-cs-100k.jsonl.gz', import.meta.url);

test('categories, archives and archives of the past have names', () => {
  assert.equal(categoryName('cs.LG'), 'Machine Learning');
  assert.equal(categoryName('cs'), 'Computer Science');
  assert.equal(categoryName('hep-th'), 'High Energy Physics – Theory');
  assert.equal(categoryName('cond-mat.supr-con'), 'Superconductivity');
  assert.equal(categoryName('cmp-lg'), 'Computation and Language');
});

test('what arXiv does not know has no name, not even what every object has', () => {
  for (const id of ['', 'cs.XX', 'CS.LG', 'constructor', '__proto__', 'toString'])
    assert.equal(categoryName(id), undefined);
});

test(
  'every category of 100 000 real papers has a name',
  { skip: existsSync(REAL) ? false : 'the real papers are not here' },
  async () => {
    const nameless = new Set<string>();
    for await (const line of createInterface({ input: createReadStream(REAL).pipe(createGunzip()) })) {
      const found = /"categories": ?(?:"([^"]*)"|\[([^\]]*)\])/.exec(line);
      const ids = (found?.[1] ?? found?.[2] ?? '').split(/[\s",]+/).filter(Boolean);
      assert.ok(ids.length > 0, line.slice(0, 200));
      for (const id of ids) if (categoryName(id) === undefined) nameless.add(id);
    }
    assert.deepEqual([...nameless], []);
  },
);
