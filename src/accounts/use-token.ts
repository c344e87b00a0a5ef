/** A program comes with an access token: whose it is, and that it was used. */

import type { Db } from '#schema.ts';
import type { Scope } from './access-token.ts';
import { markUsed } from './token-store.ts';
import type { Viewer } from './user.ts';
import { findTokenOwner } from './viewer.ts';

/** How exactly it is kept when a token was last used; finer would be a write for each request. */
const USED_MS = 60 * 60_000;

/** Undefined if the token is not known. */
export async function useToken(
  db: Db,
  token: string,
  now: number,
): Promise<{ viewer: Viewer; scope: Scope } | undefined> {
  const owner = await findTokenOwner(db, token);
  if (owner === undefined) return undefined;
  if (owner.lastUsedAt === null || now - owner.lastUsedAt > USED_MS) await markUsed(db, owner.tokenId, now);
  return { viewer: owner.viewer, scope: owner.scope };
}
