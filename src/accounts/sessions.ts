/** Sessions of a person: seen, listed, ended. */

import type { Db } from '#schema.ts';
import type { Session } from './viewer.ts';
import { forgetMailboxes } from './left-mailboxes.ts';

const DAY_MS = 86_400_000;
/** A reader who comes once a quarter stays signed in. */
export const SESSION_SECONDS = 90 * 86_400;
/** How often it is written down that a session is in use; finer would be a write for each page. */
const SEEN_MS = DAY_MS;

export interface ListedSession {
  id: string;
  userAgent: string;
  createdAt: number;
  /** To a day. */
  seenAt: number;
}

/** Prolongs a session that was not seen for a day. True if it did: the cookie is to be prolonged as well. */
export async function renewSession(db: Db, session: Session, now: number): Promise<boolean> {
  if (now - session.updatedAt < SEEN_MS) return false;
  const renewed = await db
    .updateTable('sessions')
    .set({ updated_at: now, expires_at: now + SESSION_SECONDS * 1000 })
    .where('id', '=', session.id)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return renewed.numUpdatedRows > 0n;
}

/** The newest first. */
export async function listSessions(db: Db, userId: string, now: number): Promise<ListedSession[]> {
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'user_agent', 'created_at', 'updated_at'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.user_agent ?? '',
    createdAt: row.created_at,
    seenAt: row.updated_at,
  }));
}

/** Nobody can end a session of somebody else. */
export async function endSession(db: Db, userId: string, id: string): Promise<void> {
  await db.deleteFrom('sessions').where('user_id', '=', userId).where('id', '=', id).execute();
}

/** All, or all but the one that is to stay. */
export async function endSessions(db: Db, userId: string, keep?: string): Promise<void> {
  const all = db.deleteFrom('sessions').where('user_id', '=', userId);
  await (keep === undefined ? all : all.where('id', '<>', keep)).execute();
}

/** Removes what has run out. */
export async function forgetExpired(db: Db, now: number): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
  await db.deleteFrom('verifications').where('expires_at', '<=', now).execute();
  await forgetMailboxes(db, now);
}
