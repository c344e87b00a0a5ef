/** SQL on passkeys, besides what better-auth does. */

import type { Db } from '#schema.ts';

export interface ListedPasskey {
  id: string;
  name: string | null;
  /** Null where it is not known. */
  createdAt: number | null;
  /** Whether other devices of its owner have it, too. */
  isSynced: boolean;
}

export async function listPasskeys(db: Db, userId: string): Promise<ListedPasskey[]> {
  const rows = await db
    .selectFrom('passkeys')
    .select(['id', 'name', 'created_at', 'backed_up'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    isSynced: row.backed_up === 1,
  }));
}

/** More devices than anybody has. */
export const MOST_PASSKEYS = 20;

/** Nobody can remove a passkey of somebody else. */
export async function removePasskey(db: Db, userId: string, id: string): Promise<void> {
  await db.deleteFrom('passkeys').where('user_id', '=', userId).where('id', '=', id).execute();
}
