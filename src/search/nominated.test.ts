import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { amongFirst, nominate, NONE } from './nominated.ts';

test('each paper of the two lists is there once, with its places in both', () => {
  const list = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { maxLength: 40 });
  const twoLists = fc.tuple(list, list, list).map(([a, b, shared]) => {
    const both = [...new Set([...a, ...shared])];
    return [both, [...new Set([...shared.toReversed(), ...b])]] as const;
  });
  fc.assert(
    fc.property(twoLists, fc.nat(50), ([words, near], depth) => {
      const nominated = nominate(Int32Array.from(words), Int32Array.from(near));
      const seqs = [...new Set([...words, ...near])].toSorted((a, b) => a - b);
      assert.deepEqual([...nominated.seqs], seqs);
      const placesIn = (of: readonly number[]) => seqs.map((seq) => (of.includes(seq) ? of.indexOf(seq) : NONE));
      assert.deepEqual([...nominated.byWords], placesIn(words));
      assert.deepEqual([...nominated.byVector], placesIn(near));
      const first = new Set([...words.slice(0, depth), ...near.slice(0, depth)]);
      assert.deepEqual(
        Array.from(amongFirst(nominated, depth), (at) => seqs[at]),
        seqs.filter((seq) => first.has(seq)),
      );
    }),
  );
});
