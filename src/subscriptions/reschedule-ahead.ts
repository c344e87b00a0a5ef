/** Sets right what a clock that was ahead for a moment has put off for as long as it was ahead. */

import type { Log } from '#platform/log.ts';
import type { Db } from '#schema.ts';
import { reschedule } from './reschedule.ts';

const DAY = 86_400_000;
/** No rhythm is longer than a week; clocks that go back add an hour. */
const LONGEST_WAIT_MS = 8 * DAY;
/** Subscribers at a time. */
const BATCH = 200;

interface Rescheduling {
  db: Db;
  log: Log;
}

/** One range of an index where all is well. A pause is waited for, and a week after it. Returns how many there were. */
export async function rescheduleAhead({ db, log }: Rescheduling, now: number, signal?: AbortSignal): Promise<number> {
  let count = 0;
  while (signal?.aborted !== true) {
    const ahead = await listAhead(db, now);
    for (const id of ahead) await rescheduleOne({ db, log }, id, now);
    count += ahead.length;
    if (ahead.length < BATCH) break;
  }
  if (count > 0)
    log.warn({ subscribers: count }, 'mails were due too far ahead: was the clock ahead? they are due anew');
  return count;
}

/** A row that cannot be read moves no other: whoever finds it due tomorrow says what is wrong with it. */
async function rescheduleOne({ db, log }: Rescheduling, subscriberId: string, now: number): Promise<void> {
  const unreadable = (list: string, error: Error) => {
    log.error({ err: error, subscription: list }, 'a subscription cannot be read: it is looked at again tomorrow');
    return now + DAY;
  };
  await db.transaction().execute(async (trx) => await reschedule(trx, subscriberId, now, unreadable));
}

async function listAhead(db: Db, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .select('subscribers.id')
    .distinct()
    .where('next_at', '>', now + LONGEST_WAIT_MS)
    .where((e) =>
      e.or([e('paused_until', 'is', null), e(e('next_at', '-', e.ref('paused_until')), '>', LONGEST_WAIT_MS)]),
    )
    .limit(BATCH)
    .execute();
  return rows.map(({ id }) => id);
}
