/** SQL on the links that confirm. */

import { randomBytes } from 'node:crypto';
import { hashSecret } from '#accounts/access-token.ts';
import type { Db, Trx } from '#schema.ts';
import { readAsked } from './list.ts';
import type { Asked } from './list.ts';

const HOUR = 3_600_000;
export const LINK_HOURS = 48;

export interface Request {
  subscriberId: string;
  asked: Asked;
  /** Why the link does not work any more, if it does not. */
  state: 'open' | 'used' | 'expired';
}

/** The token of the link; only its hash is kept. */
export async function addRequest(db: Db, subscriberId: string, asked: string, now: number): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  const row = {
    token_hash: hashSecret(token),
    subscriber_id: subscriberId,
    asked,
    asked_at: now,
    expires_at: now + LINK_HOURS * HOUR,
    used_at: null,
  };
  await db.insertInto('subscription_requests').values(row).execute();
  return token;
}

export async function findRequest(db: Db, token: string, now: number): Promise<Request | undefined> {
  const row = await db
    .selectFrom('subscription_requests')
    .selectAll()
    .where('token_hash', '=', hashSecret(token))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const state = row.used_at !== null ? 'used' : row.expires_at <= now ? 'expired' : 'open';
  return { subscriberId: row.subscriber_id, asked: readAsked(row.asked), state };
}

/** True for one of all that try, until it expires. */
export async function useRequest(trx: Trx, token: string, now: number): Promise<boolean> {
  const used = await trx
    .updateTable('subscription_requests')
    .set({ used_at: now })
    .where('token_hash', '=', hashSecret(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return used.numUpdatedRows > 0n;
}
