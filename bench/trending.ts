/** Ranking a hundred thousand papers with a million votes: how long it takes, and how long readers wait meanwhile. */

import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { upvote } from '#discussion/upvote.ts';
import { hydrateRows } from '#feed/hydrate.ts';
import { PAGE_SIZE } from '#feed/skeleton.ts';
import { listTrending } from '#feed/trending.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openDatabase } from '#platform/db/open.ts';
import { migrations } from '#migrations/index.ts';
import { rankAll, rankDue } from '#ranking/rank-due.ts';
import type { Db, Schema } from '#schema.ts';
import type { Bench } from './bench.ts';
import { amount, atMost, forComparison, median } from './figure.ts';
import type { Figure } from './figure.ts';
import { fillWithCrowd } from './trending/crowd.ts';

const CROWD = { people: 20_000, votes: 1_000_000, comments: 100_000 };
const TARGET_S = 5;
const TARGET_WAIT_MS = 50;
const TARGET_VOTE_MS = 1_000;
/** Between two looks of a reader. */
const PAUSE_MS = 20;
const VOTES = 20;
/** They vote for no other paper so late in the list. */
const NEW_VOTERS = ['person-17', 'person-18', 'person-19'];

export async function measure(bench: Bench): Promise<Figure[]> {
  const folder = await bench.folder();
  await copyFile(join(await bench.database(), 'broadsheet.db'), join(folder, 'broadsheet.db'));
  const db: Db = await openDatabase<Schema>({ databaseUrl: '', file: join(folder, 'broadsheet.db') });
  try {
    await migrate(db, migrations);
    await fillWithCrowd(db, CROWD);
    return await measureRanking(db, bench.times, 'SQLite');
  } finally {
    await db.destroy();
  }
}

export async function measureRanking(db: Db, times: number, where: string): Promise<Figure[]> {
  const counted = await db
    .selectFrom('paper_tallies')
    .select((e) => [e.fn.sum<number>('upvotes').as('votes'), e.fn.max('upvotes').as('most')])
    .executeTakeFirstOrThrow();
  const runs: { seconds: number; processor: number; waits: number[] }[] = [];
  for (let time = 0; time < times; time++) {
    await db.deleteFrom('trending').execute();
    const readers = readMeanwhile(db);
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    await rankAll({ db, now: Date.now() });
    const seconds = (performance.now() - started) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    runs.push({ seconds, processor: (user + system) / 1e6, waits: await readers.stop() });
  }
  const again = performance.now();
  await rankAll({ db, now: Date.now() });
  const unchanged = (performance.now() - again) / 1_000;
  const waits = runs.flatMap((run) => run.waits).toSorted((a, b) => a - b);
  const votes = `${amount(Number(counted.votes))} votes, one paper has ${amount(Number(counted.most))}`;
  const afterVote = await measureVotes(db);
  return [
    atMost(
      `trending (${where}): all papers ranked from nothing, ${votes}`,
      median(runs.map((run) => run.seconds)),
      TARGET_S,
      's',
    ),
    forComparison(
      'of it processor time, the readers’ included',
      runs.map((run) => `${amount(run.processor)} s`).join(', '),
    ),
    forComparison('all papers again, nothing changed', `${amount(unchanged)} s`),
    atMost(
      'longest wait of a reader of /papers/trending’s list meanwhile',
      waits.at(-1) ?? 0,
      TARGET_WAIT_MS,
      'ms',
      note(waits),
    ),
    atMost(
      'from a vote to the list that shows it, slowest',
      Math.max(...afterVote),
      TARGET_VOTE_MS,
      'ms',
      ` (median ${amount(median(afterVote))} ms of ${VOTES})`,
    ),
  ];
}

function note(waits: readonly number[]): string {
  const at = (part: number) => amount(waits[Math.floor(waits.length * part)] ?? 0);
  return ` (p50 ${at(0.5)}, p99 ${at(0.99)} ms of ${waits.length} looks)`;
}

/** Reads the first page again and again in this process, which does the ranking too: nothing waits longer than it. */
function readMeanwhile(db: Db) {
  const waits: number[] = [];
  let stopped = false;
  const reading = (async () => {
    while (!stopped) {
      const due = performance.now() + PAUSE_MS;
      await sleep(PAUSE_MS);
      const { seqs } = await listTrending(db, { sort: 'trending' }, { limit: PAGE_SIZE });
      await hydrateRows(db, seqs);
      waits.push(performance.now() - due);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await reading;
      return waits;
    },
  };
}

/** A vote for a paper with few, by somebody new, then what the server does after it, then the list. */
async function measureVotes(db: Db): Promise<number[]> {
  const papers = await db
    .selectFrom('papers')
    .select(['id', 'seq'])
    .orderBy('published_on', 'desc')
    .limit(VOTES)
    .execute();
  await rankDue({ db, now: Date.now() });
  const times: number[] = [];
  for (const { id, seq } of papers) {
    const started = performance.now();
    const now = Date.now();
    for (const userId of NEW_VOTERS) await upvote(db, { paperId: id, userId, voted: true, now });
    await rankDue({ db, now });
    const { seqs } = await listTrending(db, { sort: 'trending' }, { limit: PAGE_SIZE });
    if (!seqs.includes(seq)) throw new Error(`${id} has new votes and is not on the first page.`);
    times.push(performance.now() - started);
  }
  return times;
}
