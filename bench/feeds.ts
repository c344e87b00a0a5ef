/** Feed readers: how many a second can ask whether a feed of 50 papers has changed, and what a feed nobody asked for costs. */

import type { Bench } from './bench.ts';
import { fetchOnce, startServer } from './command.ts';
import { amount, forComparison, median } from './figure.ts';
import type { Figure } from './figure.ts';
import { compare } from './http.ts';

const TARGET = { knownRate: 5_000, rate: 2_000 };
const FEED = '/papers.atom';
const PAPERS = 50;
/** Each is another feed, so that none is at hand. */
const SEARCHES =
  'model learning network graph language vision reasoning data robust agent image speech code attack privacy';

export async function measure(bench: Bench): Promise<Figure[]> {
  const server = await startServer({ DATA_DIR: await bench.database() });
  try {
    // Before anything else: it waits for the indexes, whose reading would weigh on the load.
    const searches = await timeSearches(server.url);
    const feed = { url: new URL(FEED, server.url).href };
    const known = await tagOf(feed.url);
    return [
      ...(await compare(
        bench,
        feed,
        { name: `GET ${FEED} (${PAPERS} papers) with If-None-Match`, headers: known, status: '304' },
        TARGET.knownRate,
      )),
      ...(await compare(
        bench,
        feed,
        { name: `GET ${FEED}, compressed`, headers: { 'Accept-Encoding': 'gzip' }, status: '200' },
        TARGET.rate,
      )),
      ...searches,
    ];
  } finally {
    await server.stop();
  }
}

async function tagOf(url: string): Promise<Record<string, string>> {
  const { headers, body } = await fetchOnce(url);
  const papers = body.toString().split('<entry>').length - 1;
  if (papers !== PAPERS) throw new Error(`The feed has ${papers} papers; the figure is about ${PAPERS}.`);
  return { 'If-None-Match': String(headers['etag']), 'Accept-Encoding': 'gzip' };
}

async function timeSearches(url: string): Promise<Figure[]> {
  const times: number[] = [];
  // The first reads the indexes.
  await fetchOnce(new URL('/search.rss?q=first', url).href);
  for (const word of SEARCHES.split(' ')) {
    const started = performance.now();
    const { status } = await fetchOnce(new URL(`/search.rss?q=${word}`, url).href);
    if (status !== 200) throw new Error(`The search for ${word} was answered with ${status}.`);
    times.push(performance.now() - started);
  }
  const slowest = amount(Math.max(...times));
  return [
    forComparison('  the feed of a search that was not at hand', `${amount(median(times))} ms, at most ${slowest} ms`),
  ];
}
