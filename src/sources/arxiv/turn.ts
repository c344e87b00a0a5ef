/** Whose turn it is to ask arXiv: one request per 3 s and one at a time, over all processes on this database. */

import type { SourceContext } from '../context.ts';
import { AppError } from '#platform/errors.ts';

/**
 * https://info.arxiv.org/help/api/tou.html: "no more than one request every three seconds, … a single connection".
 * A tenth more, because a request whose connection is slow to open arrives later than the next one expects.
 */
export const REQUEST_INTERVAL_MS = 3_100;
/** How long a turn outlives its process. Long enough for a busy event loop, short enough to start again after a crash. */
export const LEASE_MS = 15_000;
const RENEWAL_MS = 5_000;
/** How often to look whether a turn has ended before its lease. */
const POLL_MS = 500;
/** Longest pause that is waited for; a job that sleeps longer is better reported and started again. */
export const PATIENCE_MS = 600_000;
/** Longest pause that is kept. A slot further in the future was written by a clock that was wrong. */
export const LONGEST_PAUSE_MS = 21_600_000;

const SLOT = 'arxiv';

export interface Turn extends AsyncDisposable {
  /** Nobody asks before this instant (epoch ms), for instance because of a Retry-After. */
  pauseUntil(instant: number): void;
}

type GateContext = Pick<SourceContext, 'db' | 'clock'>;

/** Waits for a turn; the request runs until the turn is disposed. Fails where arXiv asked for a long pause. */
export async function takeTurn(context: GateContext, signal?: AbortSignal): Promise<Turn> {
  const { clock } = context;
  for (;;) {
    signal?.throwIfAborted();
    const now = clock.now();
    const freeAt = await claim(context, now);
    if (freeAt === undefined) return heldTurn(context, now + LEASE_MS);
    if (freeAt - now > PATIENCE_MS) throw pausedUntil(freeAt);
    await clock.sleep(Math.min(freeAt - now, POLL_MS), signal);
  }
}

export function pausedUntil(instant: number): AppError {
  const time = new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
  return new AppError('upstream', `arXiv asks for a pause until ${time} UTC.`, {
    hint: 'What was fetched so far is kept; run it again after that.',
  });
}

/** Undefined if the turn is ours, else the instant at which it may become free. */
async function claim({ db }: GateContext, now: number): Promise<number | undefined> {
  const slot = await db.selectFrom('request_slots').select('free_at').where('name', '=', SLOT).executeTakeFirst();
  if (slot === undefined) {
    const values = { name: SLOT, free_at: now + LEASE_MS };
    const { numInsertedOrUpdatedRows: inserted } = await db
      .insertInto('request_slots')
      .values(values)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirstOrThrow();
    return inserted === 1n ? undefined : now + POLL_MS;
  }
  if (slot.free_at > now && slot.free_at <= now + LONGEST_PAUSE_MS) return slot.free_at;
  // One statement decides between processes that saw the same free slot.
  return (await moveSlot(db, slot.free_at, now + LEASE_MS)) ? undefined : now + POLL_MS;
}

async function moveSlot(db: GateContext['db'], from: number, to: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('request_slots')
    .set({ free_at: to })
    .where('name', '=', SLOT)
    .where('free_at', '=', from)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

function heldTurn({ db, clock }: GateContext, claimed: number): Turn {
  const startedAt = clock.now(); // claiming may have taken a while
  let lease = claimed;
  let pause = 0;
  let renewal: Promise<void> = Promise.resolve();
  const renew = async (): Promise<void> => {
    const next = clock.now() + LEASE_MS;
    if (next > lease && (await moveSlot(db, lease, next))) lease = next;
  };
  // A renewal that fails leaves the lease to run out, which only means that somebody else may ask.
  const timer = setInterval(() => {
    renewal = renewal.then(renew).catch(() => undefined);
  }, RENEWAL_MS);
  timer.unref();
  return {
    pauseUntil: (instant) => {
      pause = Math.min(instant, clock.now() + LONGEST_PAUSE_MS);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await renewal;
      await moveSlot(db, lease, Math.max(startedAt + REQUEST_INTERVAL_MS, clock.now(), pause));
    },
  };
}
