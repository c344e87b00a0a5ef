import assert from 'node:assert/strict';
import { it } from 'node:test';
import { listingUrl } from './listing-feed.ts';
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

it('listings are asked for below the configured address, with or without /rss at its end', () => {
  for (const base of [
    'https://rss.arxiv.org',
    'https://rss.arxiv.org/',
    'https://rss.arxiv.org/rss',
    'https://rss.arxiv.org/rss/',
  ]) {
    assert.equal(listingUrl(base, ['cs', 'stat.ML'], 'rss'), 'https://rss.arxiv.org/rss/cs+stat.ML');
  }
});
