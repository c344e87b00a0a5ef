/** Where each harvest stands. Saved in the transaction of the papers that it covers. */

import type { Selectable } from 'kysely';
import type { Db } from '#schema.ts';
import type { HarvestCursorTable } from './table.ts';

export type Cursor = Omit<Selectable<HarvestCursorTable>, 'name' | 'updated_at'>;

const FRESH: Cursor = {
  from_day: null,
  token: null,
  token_expires_at: null,
  list_from: null,
  list_started_on: null,
  last_datestamp: null,
  etag: null,
};

export async function findCursor(db: Db, name: string): Promise<Cursor> {
  const row = await db.selectFrom('harvest_cursors').selectAll().where('name', '=', name).executeTakeFirst();
  return row ?? FRESH;
}

export async function saveCursor(db: Db, name: string, cursor: Cursor, now: number): Promise<void> {
  const { from_day, token, token_expires_at, list_from, list_started_on, last_datestamp, etag } = cursor;
  const values = {
    from_day,
    token,
    token_expires_at,
    list_from,
    list_started_on,
    last_datestamp,
    etag,
    updated_at: now,
  };
  await db
    .insertInto('harvest_cursors')
    .values({ name, ...values })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
    .execute();
}

/** Every harvest that was ever begun, by name. */
export async function listCursors(db: Db): Promise<Selectable<HarvestCursorTable>[]> {
  return await db.selectFrom('harvest_cursors').selectAll().orderBy('name').execute();
}
