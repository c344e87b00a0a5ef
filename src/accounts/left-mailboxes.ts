/** Which accounts somebody deleted lately: what is counted by the day does not begin anew with another account. */

import { createHmac } from 'node:crypto';
import type { Config } from '#platform/config.ts';
import type { Db, Trx } from '#schema.ts';
import { readSecret } from './secret.ts';
import { mailboxOf } from './user.ts';

type Secret = Pick<Config, 'AUTH_SECRET' | 'DATA_DIR'>;

/** A day, wherever it begins, and some hours. */
const KEPT_MS = 2 * 86_400_000;

/** Keyed, because addresses can be guessed. */
function markOf(config: Secret, email: string): string {
  return createHmac('sha256', readSecret(config))
    .update(`left ${mailboxOf(email)}`)
    .digest('hex');
}

/** `email` in lower case, of the account that ends. */
export async function keepMailbox(
  trx: Trx,
  config: Secret,
  { userId, email, now }: { userId: string; email: string; now: number },
): Promise<void> {
  await trx
    .insertInto('left_mailboxes')
    .values({ user_id: userId, mark: markOf(config, email), left_at: now })
    .execute();
}

/** Ids of the accounts that whoever reads at this address (lower case) deleted within two days. One query. */
export async function listLeftBy(db: Db, config: Secret, email: string, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom('left_mailboxes')
    .select('user_id')
    .where('mark', '=', markOf(config, email))
    .where('left_at', '>', now - KEPT_MS)
    .execute();
  return rows.map((row) => row.user_id);
}

export async function forgetMailboxes(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('left_mailboxes')
    .where('left_at', '<=', now - KEPT_MS)
    .execute();
}
