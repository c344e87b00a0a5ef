/** Ranking a hundred thousand papers with a million votes: how long it takes, and how long readers wait meanwhile. */

import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { upvote } from '#discussion/upvote.ts';
import { hydrateRows } from '#feed/hydrate.ts';
import { PAGE_SIZE } from '#feed/skeleton.ts';
import { listTrending } from '#feed/trending.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openDatabase } from '#platform/db/open.ts';
import type { Storage } from '#platform/db/open.ts';
import { migrations } from '#migrations/index.ts';
import { rankAllAside } from '#ranking/rank-aside.ts';
import { rankDue } from '#ranking/rank-due.ts';
import { rankLately } from '#ranking/rank-lately.ts';
import type { Db, Schema } from '#schema.ts';
import { dialects, openTestDatabase } from '../test/database.ts';
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
/** Rows of a copy's statement: PostgreSQL takes 65 535 parameters. */
const COPIED_AT_ONCE = 1_000;
const PAUSE_OF_VOTERS_MS = 100;
const PAPERS_VOTED_FOR = 50;
const ACCOUNT_AGE_MS = 1_000 * 86_400_000;
/** They vote for no other paper so late in the list. */
const NEW_VOTERS = ['person-17', 'person-18', 'person-19'];

/** On SQLite, and on PostgreSQL where there is one. */
export async function measure(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const dialect of dialects) {
    await using library = dialect === 'sqlite' ? await onSqlite(bench) : await onPostgres(bench);
    await fillWithCrowd(library.db, CROWD);
    // As its own housekeeping would within the minute.
    if (dialect === 'postgres') await sql`vacuum analyze`.execute(library.db);
    figures.push(...(await measureRanking(library, bench.times, dialect)));
  }
  return figures;
}

interface Library extends AsyncDisposable {
  db: Db;
  storage: Storage;
}

async function onSqlite(bench: Bench): Promise<Library> {
  const file = join(await bench.folder(), 'broadsheet.db');
  await copyFile(join(await bench.database(), 'broadsheet.db'), file);
  const storage = { databaseUrl: '', file };
  const db: Db = await openDatabase<Schema>(storage);
  await migrate(db, migrations);
  return { db, storage, [Symbol.asyncDispose]: async () => await db.destroy() };
}

/** With the same papers, their rows copied: ranking asks for nothing else of them. */
async function onPostgres(bench: Bench): Promise<Library> {
  const database = await openTestDatabase('postgres');
  await using from = await onSqlite(bench);
  for (let last = 0; ;) {
    const rows = await from.db
      .selectFrom('papers')
      .selectAll()
      .where('seq', '>', last)
      .orderBy('seq')
      .limit(COPIED_AT_ONCE)
      .execute();
    const end = rows.at(-1);
    if (end === undefined) break;
    await database.db.insertInto('papers').values(rows).execute();
    last = end.seq;
  }
  const { db, settings } = database;
  const storage = { databaseUrl: settings.DATABASE_URL, file: '' };
  return { db, storage, [Symbol.asyncDispose]: async () => await database[Symbol.asyncDispose]() };
}

interface Run {
  seconds: number;
  /** Of this process, its thread that ranks included; on PostgreSQL not that of the database. */
  processor: number;
  /** Of readers, ms. */
  waits: number[];
  /** From votes to their places, ms. */
  places: number[];
}

/** Goes through some papers again and again, voting for all of them and then taking all votes back. */
interface Voter {
  userId: string;
  papers: { id: string; seq: number }[];
  turn: number;
}

async function addVoter(db: Db): Promise<Voter> {
  const [userId, made] = ['late-voter', Date.now() - ACCOUNT_AGE_MS];
  const user = { id: userId, name: userId, role: 'reader' as const, email_verified: 1 };
  await db
    .insertInto('users')
    .values({ ...user, created_at: made, updated_at: made })
    .execute();
  const papers = await db
    .selectFrom('papers')
    .select(['id', 'seq'])
    .orderBy('id', 'desc')
    .limit(PAPERS_VOTED_FOR)
    .execute();
  return { userId, papers, turn: 0 };
}

/** As the server does it: in a thread, while this one reads, votes and ranks what was voted for. */
async function rankMeanwhile({ db, storage }: Library, voter: Voter): Promise<Run> {
  const readers = readMeanwhile(db);
  const voters = voteMeanwhile(db, voter);
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  await rankAllAside(storage, { db, now: Date.now() });
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, processor: (user + system) / 1e6, waits: await readers.stop(), places: await voters.stop() };
}

export async function measureRanking(library: Library, times: number, where: string): Promise<Figure[]> {
  const { db, storage } = library;
  const counted = await db
    .selectFrom('paper_tallies')
    .select((e) => [e.fn.sum<number>('upvotes').as('votes'), e.fn.max('upvotes').as('most')])
    .executeTakeFirstOrThrow();
  const voter = await addVoter(db);
  const runs: Run[] = [];
  for (let time = 0; time < times; time++) {
    await db.deleteFrom('trending').execute();
    runs.push(await rankMeanwhile(library, voter));
  }
  const again = await rankMeanwhile(library, voter);
  const alone = performance.now();
  await rankAllAside(storage, { db, now: Date.now() });
  const quiet = (performance.now() - alone) / 1_000;
  const all = [...runs, again];
  const waits = all.flatMap((run) => run.waits).toSorted((a, b) => a - b);
  const places = all.flatMap((run) => run.places);
  const votes = `${amount(Number(counted.votes))} votes, one paper has ${amount(Number(counted.most))}`;
  const afterVote = await measureVotes(db);
  const seconds = median(runs.map((run) => run.seconds));
  return [
    atMost(`trending (${where}): all papers ranked from nothing, ${votes}`, seconds, TARGET_S, 's'),
    forComparison(
      '  all runs; processor time of them, readers and voters included',
      runs.map((run) => `${amount(run.seconds)} s; ${amount(run.processor)} s`).join(', '),
    ),
    atMost('  all papers again, nearly nothing changed', again.seconds, TARGET_S, 's'),
    forComparison('  the same while nobody reads or votes', `${amount(quiet)} s`),
    atMost('  longest wait of a reader of the list meanwhile', waits.at(-1) ?? 0, TARGET_WAIT_MS, 'ms', note(waits)),
    atMost(
      '  from a vote to its place meanwhile, slowest',
      Math.max(...places),
      TARGET_VOTE_MS,
      'ms',
      ` (median ${amount(median(places))} ms of ${places.length})`,
    ),
    atMost(
      '  from three votes to the list that shows them, otherwise, slowest',
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

/** Reads the first page again and again, as this process would for whoever asks. */
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

/** One vote after the other, each of which is to be in the paper's row before the next one. */
function voteMeanwhile(db: Db, voter: Voter) {
  const places: number[] = [];
  let stopped = false;
  const voting = (async () => {
    while (!stopped) {
      const { id, seq } = voter.papers[voter.turn % voter.papers.length] ?? { id: '', seq: 0 };
      const voted = Math.floor(voter.turn / voter.papers.length) % 2 === 0;
      voter.turn++;
      await sleep(PAUSE_OF_VOTERS_MS);
      const started = performance.now();
      const now = Date.now();
      const votes = await upvote(db, { paperId: id, userId: voter.userId, voted, now });
      await rankLately({ db, now });
      const row = await db.selectFrom('trending').select('upvotes').where('seq', '=', seq).executeTakeFirst();
      if (row?.upvotes !== votes) throw new Error(`${id} has ${votes} votes and ${row?.upvotes} in the list.`);
      places.push(performance.now() - started);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await voting;
      return places;
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
