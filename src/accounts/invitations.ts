/** Invitations: who may make an account where registration is not open. */

import type { Db } from '#schema.ts';

export interface Invitation {
  email: string;
  createdAt: number;
}

/** Again for an address that is invited already changes nothing. */
export async function invite(db: Db, email: string, invitedBy: string | null, now: number): Promise<void> {
  await db
    .insertInto('invitations')
    .values({ email, invited_by: invitedBy, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function takeBackInvitation(db: Db, email: string): Promise<void> {
  await db.deleteFrom('invitations').where('email', '=', email).execute();
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
