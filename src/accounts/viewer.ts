/** Who asks: the owner of a session or of an access token. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Db } from '#schema.ts';
import { hashSecret } from './access-token.ts';
import type { Scope } from './access-token.ts';
import { mailboxOf } from './user.ts';
import type { Viewer } from './user.ts';

export interface Session {
  id: string;
  token: string;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** When it was last seen, to a day. */
  updatedAt: number;
}

export interface SignedIn {
  viewer: Viewer;
  session: Session;
  /** What was counted for them; 0 for who does not moderate. */
  waiting: number;
}

const VIEWER_COLUMNS = [
  'users.id',
  'users.name',
  'users.full_name',
  'users.role',
  'users.created_at',
  'users.banned_at',
  'users.ban_reason',
  'users.email',
] as const;

interface ViewerRow {
  id: string;
  name: string;
  full_name: string | null;
  role: Viewer['role'];
  created_at: number;
  banned_at: number | null;
  ban_reason: string | null;
  email: string | null;
}

/**
 * Undefined if the session has ended or its account is gone. One query. `waiting`: a number in SQL that moderators see on
 * every page; for others it is not counted.
 */
export async function findSignedIn(
  db: Db,
  token: string,
  now: number,
  waiting: RawBuilder<number>,
): Promise<SignedIn | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(VIEWER_COLUMNS)
    .select(['sessions.id as session_id', 'sessions.expires_at', 'sessions.updated_at'])
    .select(
      sql<number>`case when users.role <> 'reader' and users.banned_at is null then ${waiting} else 0 end`.as(
        'waiting',
      ),
    )
    .where('sessions.token', '=', token)
    .where('sessions.expires_at', '>', now)
    .where('users.deleted_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const session = { id: row.session_id, token, expiresAt: row.expires_at, updatedAt: row.updated_at };
  return { viewer: toViewer(row), session, waiting: row.waiting };
}

/** The owner of an access token and what it allows. One query. */
export async function findTokenOwner(
  db: Db,
  token: string,
): Promise<{ viewer: Viewer; scope: Scope; tokenId: string; lastUsedAt: number | null } | undefined> {
  const row = await db
    .selectFrom('access_tokens')
    .innerJoin('users', 'users.id', 'access_tokens.user_id')
    .select(VIEWER_COLUMNS)
    .select(['access_tokens.id as token_id', 'access_tokens.scope', 'access_tokens.last_used_at'])
    .where('access_tokens.hash', '=', hashSecret(token))
    .where('users.deleted_at', 'is', null)
    .executeTakeFirst();
  return row && { viewer: toViewer(row), scope: row.scope, tokenId: row.token_id, lastUsedAt: row.last_used_at };
}

function toViewer(row: ViewerRow): Viewer {
  return {
    id: row.id,
    name: row.name,
    fullName: row.full_name,
    role: row.role,
    createdAt: row.created_at,
    bannedAt: row.banned_at,
    banReason: row.ban_reason,
    mailbox: mailboxOf(row.email ?? ''),
  };
}
