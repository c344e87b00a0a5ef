/** SQL on invitations: addresses (lower case) that may make an account although registration is not open. */

import type { Db, Trx } from '#schema.ts';

export interface Invitation {
  email: string;
  createdAt: number;
}

/** One that is there already stays as it is. */
export async function saveInvitation(trx: Trx, email: string, invitedBy: string, now: number): Promise<void> {
  await trx
    .insertInto('invitations')
    .values({ email, invited_by: invitedBy, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function isInvited(db: Db, email: string): Promise<boolean> {
  const row = await db.selectFrom('invitations').select('email').where('email', '=', email).executeTakeFirst();
  return row !== undefined;
}

/** It was used, or taken back. */
export async function removeInvitation(db: Db, email: string): Promise<void> {
  await db.deleteFrom('invitations').where('email', '=', email).execute();
}

/** Who invited somebody is gone; the invitation stays. */
export async function forgetInviter(trx: Trx, userId: string): Promise<void> {
  await trx.updateTable('invitations').set({ invited_by: null }).where('invited_by', '=', userId).execute();
}

/** Those that were not used yet, the newest first. */
export async function listInvitations(db: Db, limit: number): Promise<Invitation[]> {
  const rows = await db
    .selectFrom('invitations')
    .select(['email', 'created_at'])
    .orderBy('created_at', 'desc')
    .orderBy('email')
    .limit(limit)
    .execute();
  return rows.map(({ email, created_at: createdAt }) => ({ email, createdAt }));
}
