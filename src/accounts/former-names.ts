/** SQL on names that were given up: links and mentions of before must not lead to somebody else at once. */

import { dialectOf } from '#platform/db/open.ts';
import { inList } from '#platform/db/in-list.ts';
import type { Db, Trx } from '#schema.ts';

/** So long nobody but its former owner can have a name that was given up; whose account was deleted is nobody. */
export const NAME_KEPT_DAYS = 90;
const KEPT_MS = NAME_KEPT_DAYS * 86_400_000;

/** Of these names those that are kept at `now`, with whose they were; null of a deleted account. One query. */
export async function findKept(db: Db, names: readonly string[], now: number): Promise<Map<string, string | null>> {
  const rows = await db
    .selectFrom('former_names')
    .select(['name', 'user_id'])
    .where(inList(dialectOf(db), 'former_names.name', [...names]))
    .where('given_up_at', '>', now - KEPT_MS)
    .orderBy('given_up_at')
    .execute();
  return new Map(rows.map(({ name, user_id }) => [name, user_id]));
}

/** `userId` null: nobody's any more. */
export async function keepName(trx: Trx, name: string, userId: string | null, now: number): Promise<void> {
  await trx
    .insertInto('former_names')
    .values({ name, user_id: userId, given_up_at: now })
    .onConflict((c) => c.columns(['name', 'given_up_at']).doNothing())
    .execute();
}

/** At the end of an account: its names stay kept for their time, and nothing says any more whose they were. */
export async function disownNames(trx: Trx, userId: string, now: number): Promise<void> {
  await trx
    .deleteFrom('former_names')
    .where('given_up_at', '<=', now - KEPT_MS)
    .where((e) => e.or([e('user_id', '=', userId), e('user_id', 'is', null)]))
    .execute();
  await trx.updateTable('former_names').set({ user_id: null }).where('user_id', '=', userId).execute();
}

export interface FormerName {
  name: string;
  /** Epoch milliseconds. */
  givenUpAt: number;
}

/** By account, the first one first. One query. */
export async function listFormerNames(db: Db, userIds: readonly string[]): Promise<Map<string, FormerName[]>> {
  const found = new Map<string, FormerName[]>();
  if (userIds.length === 0) return found;
  const rows = await db
    .selectFrom('former_names')
    .select(['name', 'user_id', 'given_up_at'])
    .where(inList(dialectOf(db), 'former_names.user_id', [...userIds]))
    .orderBy('given_up_at')
    .execute();
  for (const { name, user_id, given_up_at } of rows) {
    if (user_id === null) continue;
    found.set(user_id, [...(found.get(user_id) ?? []), { name, givenUpAt: given_up_at }]);
  }
  return found;
}
