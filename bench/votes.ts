/** Votes: whether a crowd on two servers is counted exactly, and how long one person waits for their vote. */

import { dialects, openTestDatabase } from '../test/database.ts';
import { gather, sendVote } from '../test/crowd.ts';
import type { Crowd } from '../test/crowd.ts';
import { makeDraft, save } from '../test/drafts.ts';
import type { Bench } from './bench.ts';
import { amount, atMost, forComparison, median } from './figure.ts';
import type { Figure } from './figure.ts';

const TARGET_MS = 15;
const PEOPLE = 100;
const SERVERS = 2;
/** Votes that are timed, one after the other. */
const TIMED = 200;
const PAPER = makeDraft(1).id;

export async function measure(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const dialect of dialects) {
    await using database = await openTestDatabase(dialect);
    await save(database.db, makeDraft(1), makeDraft(2));
    await using crowd = await gather(database.settings, { people: PEOPLE, servers: SERVERS });
    figures.push(...(await exactness(crowd, dialect)), ...(await roundTrips(crowd, dialect, bench.times)));
  }
  return figures;
}

async function exactness({ people, urls, app }: Crowd, dialect: string): Promise<Figure[]> {
  const started = performance.now();
  await Promise.all(
    people.flatMap(({ cookie }, number) =>
      [0, 1].map(async (click) => await sendVote(urls[(number + click) % SERVERS] ?? '', PAPER, cookie, true)),
    ),
  );
  const took = performance.now() - started;
  const { upvotes } = await app.db
    .selectFrom('paper_tallies')
    .select('upvotes')
    .where('paper_id', '=', PAPER)
    .executeTakeFirstOrThrow();
  return [
    atMost(
      `votes miscounted of ${PEOPLE} people at once, double clicks, ${SERVERS} servers (${dialect})`,
      Math.abs(upvotes - PEOPLE),
      0,
      '',
    ),
    forComparison('  all of them answered after', `${amount(took)} ms`),
  ];
}

async function roundTrips({ people, urls }: Crowd, dialect: string, times: number): Promise<Figure[]> {
  const [url = ''] = urls;
  const medians: number[] = [];
  let slowest = 0;
  for (let time = 0; time < times; time += 1) {
    const waits: number[] = [];
    for (let number = 0; number < TIMED; number += 1) {
      const started = performance.now();
      await sendVote(url, makeDraft(2).id, people[number % PEOPLE]?.cookie ?? '', number % (2 * PEOPLE) < PEOPLE);
      waits.push(performance.now() - started);
    }
    medians.push(median(waits));
    slowest = Math.max(slowest, ...waits);
  }
  return [
    atMost(`one vote, form sent to answer read, p50 (${dialect})`, median(medians), TARGET_MS, 'ms'),
    forComparison('  the slowest', `${amount(slowest)} ms`),
  ];
}
