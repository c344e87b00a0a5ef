import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { readConfig } from '#platform/config.ts';
import { createSite } from '../routes.tsx';
import type { Site } from '../site.ts';
import { meantBy } from './search-instead.tsx';

test('a page that is not found offers a search for what its address names, and for nothing else', () => {
  const cases: [path: string, meant: string | undefined][] = [
    ['/papers/2310.99999', '2310.99999'],
    ['/papers/hep-th/9110025', 'hep-th/9110025'],
    ['/papers/2310.02541/comments/01a2/history', '2310.02541'],
    ['/papers/hep-th/9110025/upvotes', 'hep-th/9110025'],
    ['/authors/ada-lovelace', 'ada lovelace'],
    ['/graph_neural-networks', 'graph neural networks'],
    ['/blog/attention', 'attention'],
    ['/caf%C3%A9', 'café'],
    ['/broken%E9', 'broken%E9'],
    ['/moderation/act', undefined],
    ['/u/jAx93SIP8u9bdzLD.KB6AAt', undefined],
    ['/users/ann', undefined],
    ['/report', undefined],
    ['/', undefined],
  ];
  for (const [path, meant] of cases) assert.equal(meantBy(path), meant, path);
});

test('of every address that the site has it is known whether a search finds what stands there', () => {
  const { routes } = createSite({ config: readConfig({}) } as Site, new Hono());
  const families = new Set(routes.map(({ path }) => path.split('/')[1] ?? '').filter((one) => /^[a-z-]+$/.test(one)));
  assert.ok(families.size > 10);
  const found = [...families].filter((family) => meantBy(`/${family}/x`) !== undefined);
  assert.deepEqual(found.toSorted(), ['authors', 'categories', 'organizations', 'papers', 'search', 'similar']);
});
