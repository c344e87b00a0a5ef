/**
 * The page of a paper with a thousand comments: how long it takes, and how many queries, for nobody and for somebody; and
 * the costliest pages that comments can make.
 */

import { createHandler } from '#handler.ts';
import { writeComment } from '#discussion/write-comment.ts';
import { react } from '#discussion/change-comment.ts';
import { indexPapers } from '#search/index-papers.ts';
import { gather } from '../test/crowd.ts';
import type { Crowd } from '../test/crowd.ts';
import { dialects, openTestDatabase } from '../test/database.ts';
import { makeDraft, save } from '../test/drafts.ts';
import { readConfig } from '#platform/config.ts';
import { createApp } from '#app.ts';
import type { Bench } from './bench.ts';
import { discussCostly, timeCostly } from './comments/costly.ts';
import { amount, atMost, forComparison, median } from './figure.ts';
import type { Figure } from './figure.ts';

const TARGET = { milliseconds: 150, queries: 5 };
const COMMENTS = 1_000;
const PEOPLE = 20;
/** Pages asked for, each another one, so that none is at hand. */
const ASKED = 30;
const PAPER = makeDraft(1).id;
/** Papers whose comments are full of formulas. */
const COSTLY = Array.from({ length: 20 }, (_, index) => makeDraft(index + 2).id);
const BASE = 'http://127.0.0.1';

export async function measure(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const dialect of dialects) {
    await using database = await openTestDatabase(dialect);
    await save(database.db, ...Array.from({ length: 50 }, (_, index) => makeDraft(index + 1)));
    const queries: string[] = [];
    const config = readConfig({ ...database.settings, LOG_LEVEL: 'silent', ARXIV_FETCH: 'off' });
    await using app = await createApp(config, { onQuery: (sql) => queries.push(sql) });
    await indexPapers(app);
    await app.search.state();
    await using crowd = await gather(database.settings, { people: PEOPLE, servers: 0 });
    await discuss(crowd);
    const costly = await discussCostly(crowd, COSTLY);
    const handler = createHandler(app, BASE);
    const ask = async (path: string, cookie?: string): Promise<number> => {
      const started = performance.now();
      const headers = { Accept: 'text/html', ...(cookie === undefined ? {} : { Cookie: cookie }) };
      const answer = await handler(new Request(BASE + path, { headers }));
      await answer.text();
      if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`);
      return performance.now() - started;
    };
    const cookie = crowd.people[0]?.cookie ?? '';
    figures.push(...(await time(ask, queries, cookie, bench.times, dialect)));
    figures.push(...(await timeCostly(async (path) => await ask(path, cookie), costly, dialect)));
  }
  return figures;
}

/** One in four begins a thread; formulas, code and mentions as people write them. */
async function discuss({ app, people }: Crowd): Promise<void> {
  let now = app.clock.now() - COMMENTS * 60_000;
  let thread: string | undefined;
  for (let number = 0; number < COMMENTS; number += 1) {
    const { user } = people[number % PEOPLE] ?? people[0] ?? { user: { id: '' } };
    const body = `Comment **${number}**, @person-${number % 7}: is $O(n^{${number % 50}} \\log n)$ tight?\n\n\`\`\`\nrun(${number})\n\`\`\``;
    const replyTo = number % 4 === 0 ? undefined : thread;
    const by = { userId: user.id, newAccountHours: app.config.NEW_ACCOUNT_HOURS, now: (now += 60_000) };
    const id = await writeComment(app.db, { paperId: PAPER, body, replyTo, ...by });
    if (replyTo === undefined) thread = id;
    if (number % 3 === 0)
      await react(app.db, { id, userId: people[(number + 1) % PEOPLE]?.user.id ?? '', emoji: 'agree', on: true, now });
  }
}

type Ask = (path: string, cookie?: string) => Promise<number>;

async function time(ask: Ask, queries: string[], cookie: string, times: number, dialect: string): Promise<Figure[]> {
  const path = `/papers/${PAPER}`;
  const first = await ask(`${path}?first`);
  const figures: Figure[] = [];
  for (const [who, sent] of [
    ['signed in', cookie],
    ['nobody', undefined],
  ] as const) {
    for (const sort of ['oldest', 'best'] as const) {
      const waits: number[] = [];
      for (let number = 0; number < ASKED * times; number += 1)
        waits.push(await ask(`${path}?comments=${sort}&n=${number}`, sent));
      queries.length = 0;
      await ask(`${path}?comments=${sort}&counted`, sent);
      const note = ` (most ${amount(Math.max(...waits))} ms)`;
      figures.push(
        atMost(
          `paper with ${COMMENTS} comments, ${sort} first, ${who} (${dialect})`,
          median(waits),
          TARGET.milliseconds,
          'ms',
          note,
        ),
        atMost('  its queries', queries.length, TARGET.queries, ''),
      );
    }
  }
  return [
    ...figures,
    forComparison(`  the very first one, with nothing in memory (${dialect})`, `${amount(first)} ms`),
  ];
}
