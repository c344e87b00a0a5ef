/** SQL on access tokens. */

import type { Db } from '#schema.ts';
import { hashSecret, makeAccessToken } from './access-token.ts';
import type { Scope } from './access-token.ts';
import { makeId } from './add-user.ts';

export interface ListedToken {
  id: string;
  name: string;
  scope: Scope;
  createdAt: number;
  /** To an hour; null if never. */
  lastUsedAt: number | null;
}

/** More are not used by anybody, and a loop that makes them should stop. */
export const MOST_TOKENS = 50;

/** Returns the token, which cannot be had again; undefined if there are `MOST_TOKENS` already. */
export async function createToken(
  db: Db,
  userId: string,
  { name, scope }: { name: string; scope: Scope },
  now: number,
): Promise<string | undefined> {
  const token = makeAccessToken();
  if ((await listTokens(db, userId)).length >= MOST_TOKENS) return undefined;
  const row = { id: makeId(), user_id: userId, name, scope, hash: hashSecret(token), created_at: now };
  await db
    .insertInto('access_tokens')
    .values({ ...row, last_used_at: null })
    .execute();
  return token;
}

/** The newest first. */
export async function listTokens(db: Db, userId: string): Promise<ListedToken[]> {
  const rows = await db
    .selectFrom('access_tokens')
    .select(['id', 'name', 'scope', 'created_at', 'last_used_at'])
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name, scope, created_at: createdAt, last_used_at: lastUsedAt }) => ({
    id,
    name,
    scope,
    createdAt,
    lastUsedAt,
  }));
}

/** Nobody can revoke a token of somebody else. */
export async function revokeToken(db: Db, userId: string, id: string): Promise<void> {
  await db.deleteFrom('access_tokens').where('user_id', '=', userId).where('id', '=', id).execute();
}

/** When it was used last. */
export async function markUsed(db: Db, id: string, now: number): Promise<void> {
  await db.updateTable('access_tokens').set({ last_used_at: now }).where('id', '=', id).execute();
}
