/** Use case: somebody chooses another name, or another full name. */

import type { Db } from '#schema.ts';
import { AppError } from '#platform/errors.ts';
import { findKept, keepName } from './former-names.ts';
import { findUser, findUserByName, lockAccounts, updateUser } from './store.ts';

export interface Names {
  name: string;
  fullName: string | null;
}

/** Throws 'conflict' if the name belongs to somebody else, or did a short time ago. */
export async function changeNames(db: Db, userId: string, { name, fullName }: Names, now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockAccounts(trx);
    const me = await findUser(trx, userId);
    if (me === undefined || me.deletedAt !== null) return;
    if (name !== me.name) {
      const owner = await findUserByName(trx, name);
      const kept = await findKept(trx, [name], now);
      if (owner !== undefined || (kept.has(name) && kept.get(name) !== userId))
        throw new AppError('conflict', `The name ${name} belongs to somebody else, or did a short time ago.`);
      await keepName(trx, me.name, userId, now);
    }
    await updateUser(trx, userId, { name, full_name: fullName }, now);
  });
}
