import assert from 'node:assert/strict';
import { it } from 'node:test';
import { feedNames } from './sets.ts';

it('knows what sets are called in listing feeds', () => {
  assert.deepEqual(
    feedNames(['cs', 'cs:cs:LG', 'stat:stat:ML', 'physics:hep-th', 'physics:astro-ph:GA', 'math:math', 'cs']),
    ['cs', 'cs.LG', 'stat.ML', 'hep-th', 'astro-ph.GA', 'math'],
  );
});

it('reads the group physics as all its archives', () => {
  assert.ok(feedNames(['physics']).includes('hep-th'));
  assert.deepEqual(feedNames(['physics:physics:optics']), ['physics.optics']);
});
