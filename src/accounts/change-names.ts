/** Use case: somebody chooses another name, or another full name. */

import type { Db, Trx } from '#schema.ts';
import { AppError } from '#platform/errors.ts';
import { findKept, keepName } from './former-names.ts';
import { skeletonOf } from './look-alike.ts';
import { findUser, findUserByName, listModerators, lockAccounts, updateUser } from './store.ts';

export interface Names {
  name: string;
  fullName: string | null;
}

/** Throws 'conflict' if the name belongs to somebody else, or did a short time ago, or one of the names poses as one who moderates. */
export async function changeNames(db: Db, userId: string, { name, fullName }: Names, now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockAccounts(trx);
    const me = await findUser(trx, userId);
    if (me === undefined || me.deletedAt !== null) return;
    if (name !== me.name || fullName !== me.fullName) await refusePosing(trx, me.id, { name, fullName });
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

/** Nobody looks like one of those whose word is the site's, as `@chlef` does like `@chief`. Two readers may. */
async function refusePosing(trx: Trx, userId: string, { name, fullName }: Names): Promise<void> {
  const looks = [name, fullName ?? name].map(skeletonOf);
  for (const other of await listModerators(trx)) {
    if (other.id === userId || !looks.includes(skeletonOf(other.name))) continue;
    throw new AppError('conflict', `That looks like the name of @${other.name}, who moderates here.`);
  }
}
