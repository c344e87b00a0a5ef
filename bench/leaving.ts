/** How long nobody else can vote or comment while the account of somebody ends, or is banned, who has voted for thousands of papers. */

import { endVotes } from '#discussion/end-votes.ts';
import { OPERATOR, setBanned } from '#discussion/moderation/moderate.ts';
import { recountPapers } from '#discussion/tally-store.ts';
import { upvote } from '#discussion/upvote.ts';
import { columnNames, selectRows } from '#platform/db/rows.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { Db } from '#schema.ts';
import { addPeople } from '../test/add-people.ts';
import { dialects, openTestDatabase } from '../test/database.ts';
import { makeDraft, NOW, save } from '../test/drafts.ts';
import type { Bench } from './bench.ts';
import { amount, atMost, forComparison, median } from './figure.ts';
import type { Figure } from './figure.ts';

const TARGET_MS = 1_000;
/** What a script casts in three hours at 60 a minute. */
const VOTES = 10_000;
/** Everybody of them has voted for every paper. */
const PEOPLE = ['eve', ...Array.from({ length: 9 }, (_, index) => `person-${index}`)];
const BATCH = 500;
const PAPERS = Array.from({ length: VOTES }, (_, index) => makeDraft(index + 1));

export async function measure({ times }: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const dialect of dialects) {
    await using database = await openTestDatabase(dialect);
    const { db } = database;
    await fill(db);
    const took = { ban: [] as number[], leave: [] as number[], vote: [] as number[] };
    for (let time = 0; time < times; time += 1) {
      const now = NOW + time * 10;
      took.ban.push(await timed(async () => await ban(db, true, now + 1)));
      await ban(db, false, now + 2);
      took.leave.push(await timed(async () => await leaveUndone(db, now + 3)));
      took.vote.push(await waitMeanwhile(db, now + 4));
    }
    figures.push(
      atMost(`account with ${amount(VOTES)} votes ends (${dialect})`, median(took.leave), TARGET_MS, 'ms'),
      atMost(`the same is banned (${dialect})`, median(took.ban), TARGET_MS, 'ms'),
      forComparison("  somebody else's vote that comes meanwhile, at worst", `${amount(Math.max(...took.vote))} ms`),
    );
  }
  return figures;
}

async function ban(db: Db, banned: boolean, now: number): Promise<void> {
  await setBanned(db, 'eve', banned, { by: OPERATOR, reason: 'A bench', now });
}

/** All that is done, and taken back, so that it can be done again; the lock is held as long. */
async function leaveUndone(db: Db, now: number): Promise<void> {
  const undone = new Error('undone');
  await db
    .transaction()
    .execute(async (trx) => {
      await endVotes(trx, 'eve', now);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
}

/** Milliseconds that somebody else's vote takes. */
async function waitMeanwhile(db: Db, now: number): Promise<number> {
  const leaving = leaveUndone(db, now);
  const vote = { paperId: makeDraft(1).id, userId: 'kim', voted: now % 20 < 10, now };
  const took = await timed(async () => void (await upvote(db, vote)));
  await leaving;
  return took;
}

async function timed(act: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

async function fill(db: Db): Promise<void> {
  await addPeople(db, [...PEOPLE, 'kim']);
  const columns = { paper_id: 'text', user_id: 'text', voted_at: 'bigint', account_made_at: 'bigint' } as const;
  for (let from = 0; from < VOTES; from += BATCH) {
    const papers = PAPERS.slice(from, from + BATCH);
    await save(db, ...papers);
    const rows = papers.flatMap(({ id }) =>
      PEOPLE.map((user_id) => ({ paper_id: id, user_id, voted_at: NOW, account_made_at: 0 })),
    );
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('upvotes')
        .columns(columnNames(columns))
        .expression(selectRows(dialectOf(db), columns, rows))
        .execute();
      await recountPapers(
        trx,
        papers.map(({ id }) => id),
        NOW,
      );
    });
  }
}
