/**
 * Searches before anybody does: V8 compiles well only what has run often, and the first hundreds of searches take several
 * times as long as later ones. The server asks itself what readers would ask of its newest papers.
 */

import { setTimeout as sleep } from 'node:timers/promises';
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
/** Then it ends, done or not: on a slow or a busy machine readers need the processor more. */
const MOST_MS = 10_000;
/** Share of a pause in which the process had other work, above which that goes on alone. */
const BUSY = 0.5;
/** Shorter pauses do not tell whether others have work. */
const LEAST_REST_MS = 5;
/** What browsers send: pages are compressed, too. */
const HEADERS = { Accept: 'text/html', 'Accept-Encoding': 'gzip, deflate, br, zstd' };

/**
 * Returns how often it has searched. After each search it rests as long as that took, and on while others keep the process
 * busy: readers come first, and while they ask, they do the same. Where questions are sent to a model
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
    const begun = app.clock.now();
    const q = encodeURIComponent(question.slice(0, QUERY_LIMIT).toWellFormed());
    await (await handler(new Request(`${url}/search?q=${q}`, { headers: HEADERS }))).arrayBuffer();
    asked += 1;
    await rest(app.clock.now() - begun, () => signal.aborted || app.clock.now() >= end);
  }
  return asked;
}

async function rest(ms: number, isOver: () => boolean): Promise<void> {
  let busy = 0;
  do {
    const before = performance.eventLoopUtilization();
    await sleep(Math.max(ms, LEAST_REST_MS));
    busy = performance.eventLoopUtilization(before).utilization;
  } while (busy > BUSY && !isOver());
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
