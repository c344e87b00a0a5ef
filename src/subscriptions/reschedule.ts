/** When the mails of a subscriber are due, reckoned anew: to be called after whatever decides on it has changed. */

import type { Trx } from '#schema.ts';
import { nextDue } from './next-due.ts';
import type { Rhythm } from './next-due.ts';

/**
 * What is due already and was not written down yet stays due: the server may be busy with others' mails for an hour, and
 * who meanwhile changes a setting still gets today's. Nothing is due for who has not confirmed, has ended or is suppressed; a pause is waited for.
 * `unreadable` says when a list is due whose row cannot be read; without it such a row throws.
 */
export async function reschedule(
  trx: Trx,
  subscriberId: string,
  now: number,
  unreadable?: (listId: string, error: Error) => number,
): Promise<void> {
  const subscriber = await trx
    .selectFrom('subscribers')
    .leftJoin('suppressed_addresses', 'suppressed_addresses.email', 'subscribers.email')
    .select(['time_zone', 'confirmed_at', 'paused_until', 'ended_at', 'suppressed_at'])
    .where('id', '=', subscriberId)
    .executeTakeFirst();
  if (subscriber === undefined) return;
  const { time_zone: timeZone, confirmed_at: confirmedAt, ended_at: endedAt, suppressed_at: suppressedAt } = subscriber;
  const isMailed = confirmedAt !== null && endedAt === null && suppressedAt === null;
  const after = Math.max(now, subscriber.paused_until ?? now);
  const lists = await trx
    .selectFrom('subscriptions')
    .select(['id', 'frequency', 'weekday', 'hour', 'ended_at', 'next_at'])
    .where('subscriber_id', '=', subscriberId)
    .execute();
  for (const { id, ended_at: isEnded, next_at: before, ...rhythm } of lists) {
    const isWanted = isMailed && isEnded === null;
    const isOverdue = before !== null && before <= now && after === now;
    if (isWanted && isOverdue) continue;
    const nextAt = isWanted ? reckon({ ...rhythm, timeZone }, after, (error) => unreadable?.(id, error)) : null;
    if (nextAt === before) continue;
    await trx.updateTable('subscriptions').set({ next_at: nextAt }).where('id', '=', id).execute();
  }
}

function reckon(rhythm: Rhythm, after: number, instead: (error: Error) => number | undefined): number {
  try {
    return nextDue(rhythm, after);
  } catch (error) {
    const at = instead(error as Error);
    if (at === undefined) throw error;
    return at;
  }
}
