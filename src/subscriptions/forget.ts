/** Forgets what was never confirmed, and what ended long ago. */

import type { Db } from '#schema.ts';

const DAY = 86_400_000;
/** After its end a link still says for so long that it has expired. */
const EXPIRED_MS = 7 * DAY;
/** By then nobody asks any more what was sent to them, and on whose word. */
const ENDED_MS = 90 * DAY;

export async function forgetOld(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('subscription_requests')
    .where('expires_at', '<=', now - EXPIRED_MS)
    .execute();
  await db
    .deleteFrom('subscribers')
    .where('confirmed_at', 'is', null)
    .where('created_at', '<=', now - EXPIRED_MS)
    .where('id', 'not in', (e) => e.selectFrom('subscription_requests').select('subscriber_id'))
    .execute();
  await db
    .deleteFrom('subscribers')
    .where('ended_at', '<=', now - ENDED_MS)
    .execute();
  await db
    .deleteFrom('subscriptions')
    .where('ended_at', '<=', now - ENDED_MS)
    .execute();
}
