/**
 * Searches before anybody does: V8 compiles well only what has run often, and the first hundreds of searches take several
 * times as long as later ones. The server asks itself what readers would ask of its newest papers.
 */

import { setImmediate } from 'node:timers/promises';
import type { App } from '../app.ts';
import { hydrateRows } from '#feed/hydrate.ts';
import type { Paper } from '#papers/paper.ts';
import { QUERY_LIMIT } from '#search/query/clean.ts';

export interface WarmUpOptions {
  /** The server's own pages; the address is one at which it may be asked. */
  handler: (request: Request) => Promise<Response>;
  url: string;
  signal: AbortSignal;
  /** Fewer papers are searched fast enough from the first time on. */
  leastPapers?: number;
  /** How many are asked for, each in as many ways as `questionsOf` has. */
  papers?: number;
}

const LEAST_PAPERS = 5_000;
/** Some 360 searches. */
const PAPERS = 60;
/** Then it ends, done or not: on a slow machine readers need the processor more. */
const MOST_MS = 8_000;
/** What browsers send: pages are compressed, too. */
const HEADERS = { Accept: 'text/html', 'Accept-Encoding': 'gzip, deflate, br' };

/**
 * Returns how often it has searched. Other requests have their turn after each search. Where questions are sent to a model
 * elsewhere it asks nothing, for that may be paid by the question.
 */
export async function warmUp(app: App, options: WarmUpOptions): Promise<number> {
  const { handler, url, signal, leastPapers = LEAST_PAPERS, papers = PAPERS } = options;
  if (!app.models.wantsShipped) return 0;
  const { indexes } = await app.search.state();
  if (indexes.lexical.papers < leastPapers) return 0;
  const newest = Array.from({ length: papers }, (_, back) => indexes.catalog.end - 1 - back).filter((seq) => seq > 0);
  const questions = (await hydrateRows(app.db, newest)).flatMap(({ paper }) => questionsOf(paper));
  const end = app.clock.now() + MOST_MS;
  let asked = 0;
  for (const question of questions) {
    if (signal.aborted || app.clock.now() >= end) break;
    const q = encodeURIComponent(question.slice(0, QUERY_LIMIT).toWellFormed());
    await (await handler(new Request(`${url}/search?q=${q}`, { headers: HEADERS }))).arrayBuffer();
    asked += 1;
    await setImmediate();
  }
  return asked;
}

/** Of the kinds that people type: a few words, a sentence, with a condition, a phrase, without a word, a whole title. */
function questionsOf({ title, abstract, categories }: Paper): string[] {
  const words = title.match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  const [first = '', second = '', third = ''] = words;
  return [
    `${first} ${second} ${third}`,
    abstract.slice(0, QUERY_LIMIT),
    `${second} ${third} category:${categories[0] ?? 'cs'}`,
    `"${first} ${second}"`,
    `${first} ${words.at(-1) ?? ''} -${third}`,
    title,
  ];
}
