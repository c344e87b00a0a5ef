/** SQL on what the database knows of saved indexes. */

import type { Db, Trx } from '#schema.ts';
import type { SavedIndexTable } from '../table.ts';

/** Tokens kept of an index: as many machines may serve one database, each with a file of its own. */
const KEPT = 16;

export async function addSaved(trx: Trx, saved: SavedIndexTable): Promise<void> {
  await trx.insertInto('saved_indexes').values(saved).execute();
  await trx
    .deleteFrom('saved_indexes')
    .where('name', '=', saved.name)
    .where('token', 'not in', (e) =>
      e
        .selectFrom('saved_indexes')
        .select('token')
        .where('name', '=', saved.name)
        .orderBy('saved_at', 'desc')
        .limit(KEPT),
    )
    .execute();
}

/** Whether a file with this token was made of this database, or of one that it is a copy of. */
export async function isKnown(db: Db, { token, name, change_no }: Omit<SavedIndexTable, 'saved_at'>): Promise<boolean> {
  const row = await db
    .selectFrom('saved_indexes')
    .select('token')
    .where('token', '=', token)
    .where('name', '=', name)
    .where('change_no', '=', change_no)
    .executeTakeFirst();
  return row !== undefined;
}

/** What is in the files no longer counts. */
export async function forgetSaved(db: Db, name: string): Promise<void> {
  await db.deleteFrom('saved_indexes').where('name', '=', name).execute();
}
