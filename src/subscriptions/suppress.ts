/** Addresses that are not mailed any more, because mail to them does not arrive or is not wanted. */

import type { Db, Trx } from '#schema.ts';
import { reschedule } from './reschedule.ts';

/**
 * `refused`: the mail server did not take a mail for this address for good. `bounced`: mail came back.
 * `complained`: its owner called our mail unwanted. `operator`: somebody who runs the site said so.
 */
export type SuppressionReason = 'refused' | 'bounced' | 'complained' | 'operator';

export interface Suppression {
  /** Lower case. */
  email: string;
  reason: SuppressionReason;
  /** What the mail server said, for the operator. */
  detail: string;
}

export interface Suppressed extends Suppression {
  /** Epoch ms. */
  suppressedAt: number;
}

/** Servers tell stories; the beginning says what it is. */
const DETAIL_LIMIT = 500;

/**
 * From now on nothing is sent there: no digest, no alert, no question for confirmation; nothing is due for it any more.
 * Again for an address that is suppressed: the newest instant and reason stand, but what its owner or the operator said
 * is not replaced by what a server says. `db` may be a transaction.
 */
export async function suppress(db: Db, { email, reason, detail }: Suppression, now: number): Promise<void> {
  const row = { suppressed_at: now, reason, detail: detail.replaceAll('\0', '').slice(0, DETAIL_LIMIT) };
  await db
    .insertInto('suppressed_addresses')
    .values({ email, ...row })
    .onConflict((conflict) => {
      const again = conflict.column('email').doUpdateSet(row);
      return isOfServer(reason) ? again.where('suppressed_addresses.reason', 'in', ['refused', 'bounced']) : again;
    })
    .execute();
  await db
    .updateTable('subscriptions')
    .set({ next_at: null })
    .where('next_at', 'is not', null)
    .where('subscriber_id', 'in', (e) => e.selectFrom('subscribers').select('id').where('email', '=', email))
    .execute();
}

function isOfServer(reason: SuppressionReason): boolean {
  return reason === 'refused' || reason === 'bounced';
}

export async function isSuppressed(db: Db, email: string): Promise<boolean> {
  return (await findSuppression(db, email)) !== undefined;
}

/** `email` in lower case. */
export async function findSuppression(db: Db, email: string): Promise<Suppressed | undefined> {
  const row = await db.selectFrom('suppressed_addresses').selectAll().where('email', '=', email).executeTakeFirst();
  return row && { email, reason: row.reason, detail: row.detail, suppressedAt: row.suppressed_at };
}

/** The newest first. */
export async function listSuppressed(db: Db, limit: number): Promise<Suppressed[]> {
  const rows = await db
    .selectFrom('suppressed_addresses')
    .selectAll()
    .orderBy('suppressed_at', 'desc')
    .orderBy('email')
    .limit(limit)
    .execute();
  return rows.map(({ suppressed_at: suppressedAt, ...row }) => ({ ...row, suppressedAt }));
}

/** Mail goes there again; what its owner had subscribed to is due as it was. False if it was not suppressed. */
export async function unsuppress(db: Db, email: string, now: number): Promise<boolean> {
  return await db.transaction().execute(async (trx) => await lift(trx, email, now));
}

/** The same within a transaction. */
export async function lift(trx: Trx, email: string, now: number): Promise<boolean> {
  const lifted = await trx.deleteFrom('suppressed_addresses').where('email', '=', email).executeTakeFirst();
  const owner = await trx.selectFrom('subscribers').select('id').where('email', '=', email).executeTakeFirst();
  if (owner !== undefined) await reschedule(trx, owner.id, now);
  return lifted.numDeletedRows > 0n;
}
