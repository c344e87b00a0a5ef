/** Digests that are due: how long it takes to find them among a hundred thousand subscribers. */

import { sql } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import { countDue, findDue, moveOn } from '#subscriptions/due.ts';
import { nextDue } from '#subscriptions/next-due.ts';
import type { Db } from '#schema.ts';
import { openTestDatabase } from '../test/database.ts';
import type { Bench } from './bench.ts';
import { amount, atMost, forComparison, median } from './figure.ts';
import type { Figure } from './figure.ts';

const SUBSCRIBERS = 100_000;
const TARGET_MS = 200;
/** As many as `writeDue` asks for at once. */
const BATCH = 200;
const NOW = Date.parse('2026-01-08T12:00:00Z');
const DAY = 86_400_000;

/** On SQLite; on PostgreSQL too where TEST_DATABASE_URL names a cluster. */
export async function measure({ times }: Bench): Promise<Figure[]> {
  const dialects = process.env['TEST_DATABASE_URL'] ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const);
  const figures: Figure[] = [];
  for (const dialect of dialects) {
    await using database = await openTestDatabase(dialect);
    await fill(database.db);
    const waits = { batch: [] as number[], count: [] as number[], all: [] as number[] };
    for (let time = 0; time < times; time += 1) {
      waits.batch.push(await timed(async () => await expectDue(database.db, BATCH)));
      waits.count.push(await timed(async () => void (await countDue(database.db, NOW))));
      waits.all.push(await timed(async () => await expectDue(database.db, SUBSCRIBERS)));
    }
    figures.push(
      atMost(
        `finding who is due, the first ${BATCH} of ${amount(SUBSCRIBERS)} (${dialect})`,
        median(waits.batch),
        TARGET_MS,
        'ms',
      ),
      atMost(`counting all of them (${dialect})`, median(waits.count), TARGET_MS, 'ms'),
      forComparison('  all of them read at once', `${amount(median(waits.all))} ms`),
      forComparison('  moving one on, its next hour reckoned', `${amount(await moving(database.db))} ms`),
    );
  }
  return figures;
}

/** Everybody is due, since some moment of the last day. */
async function fill(db: Db): Promise<void> {
  const numbers =
    dialectOf(db) === 'sqlite'
      ? sql`(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${SUBSCRIBERS}) select i from n) as numbers`
      : sql`generate_series(1, ${SUBSCRIBERS}::int) as numbers(i)`;
  await sql`insert into subscribers
    (id, email, time_zone, link_key, created_at, confirmed_at)
    select 'subscriber-' || i, 'reader-' || i || '@example.org', 'Europe/Berlin', 'key-' || i, 1, 1 from ${numbers}`.execute(
    db,
  );
  await sql`insert into subscriptions
    (id, subscriber_id, kind, topics, frequency, weekday, hour, most, repeats, even_if_empty, created_at, next_at)
    select 'list-' || i, 'subscriber-' || i, 'digest', '[{"kind":"everything"}]', 'daily', 1, 8, 10, 0, 0, 1,
      cast(${NOW - DAY} as bigint) + (i * 7919) % cast(${DAY} as bigint) from ${numbers}`.execute(db);
}

async function expectDue(db: Db, limit: number): Promise<void> {
  const { due } = await findDue(db, NOW, limit);
  if (due.length !== limit) throw new Error(`${due.length} are due, not ${limit}`);
}

async function moving(db: Db): Promise<number> {
  const { due } = await findDue(db, NOW, BATCH);
  const took = await timed(async () => {
    for (const one of due) await moveOn(db, one, nextDue(one, NOW));
  });
  return took / due.length;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
