/** Accounts whose id is their name, for tests of what accounts write: nobody signs in. */

import type { Role } from '#accounts/user.ts';
import type { Db } from '#schema.ts';

export interface PeopleOptions {
  role?: Role;
  /** Epoch milliseconds; long ago by default. */
  createdAt?: number;
}

export async function addPeople(
  db: Db,
  ids: readonly string[],
  { role = 'reader', createdAt = 0 }: PeopleOptions = {},
): Promise<void> {
  const rows = ids.map((id) => ({
    ...{ id, name: id, full_name: null, email: `${id}@lab.example`, email_verified: 1, role },
    ...{ created_at: createdAt, updated_at: createdAt, banned_at: null, ban_reason: null, deleted_at: null },
  }));
  await db.insertInto('users').values(rows).execute();
}
