/** `npm run bench [-- NAME…]`: runs the benches and prints one table. Exit code 1 if a figure is missed. */

import { parseArgs } from 'node:util';
import { openBench } from './bench.ts';
import type { Bench } from './bench.ts';
import { openCluster } from './cluster.ts';
import { load, machine, table } from './figure.ts';
import type { Figure } from './figure.ts';

const benches: Record<string, () => Promise<{ measure(bench: Bench): Promise<Figure[]> }>> = {
  import: () => import('./import.ts'),
  start: () => import('./start.ts'),
  http: () => import('./http.ts'),
  bytes: () => import('./bytes.ts'),
  queries: () => import('./queries.ts'),
  feeds: () => import('./feeds.ts'),
  votes: () => import('./votes.ts'),
  leaving: () => import('./leaving.ts'),
  comments: () => import('./comments.ts'),
  search: () => import('./search.ts'),
  trending: () => import('./trending.ts'),
  digests: () => import('./digests.ts'),
  due: () => import('./due.ts'),
};

/** They measure on PostgreSQL as well, where it is installed. */
const ON_BOTH = new Set(['votes', 'leaving', 'comments', 'trending', 'due']);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    file: { type: 'string' },
    data: { type: 'string' },
    only: { type: 'string', multiple: true },
    times: { type: 'string', default: '3' },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.\n`);
  process.exit(2);
}

await using _cluster = names.some((name) => ON_BOTH.has(name)) ? await openCluster() : undefined;
await using bench = await openBench({ ...values, times: Number(values.times) });
const figures: Figure[] = [];
const before = load();
for (const name of names) {
  process.stderr.write(`measuring ${name} …\n`);
  const module = await benches[name]?.();
  if (module) figures.push(...(await module.measure(bench)));
}
process.stdout.write(
  `\n${machine()}\n${bench.corpus.words}; medians of ${bench.times}; load ${before} before, ${load()} after\n\n`,
);
process.stdout.write(table(figures));
process.exitCode = figures.some(({ met }) => met === false) ? 1 : 0;
