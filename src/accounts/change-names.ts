/** Use case: somebody chooses another name, or another full name. */

import type { Db, Trx } from '#schema.ts';
import { AppError } from '#platform/errors.ts';
import { findKept, keepName, listFormerNames, NAME_KEPT_DAYS } from './former-names.ts';
import { findPosedAs } from './posing.ts';
import { findUser, findUserByName, lockAccounts, updateUser } from './store.ts';
import type { User } from './store.ts';

/** Each is kept from everybody else: who changes their mind twice has enough, and nobody takes all good ones. */
const MOST_KEPT = 3;

export interface Names {
  name: string;
  fullName: string | null;
}

/** Throws 'conflict' if the name belongs to somebody else, or did a short time ago, or one of the names is like that of somebody who moderates. */
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
      await refuseHoarding(trx, me, name, now);
      await keepName(trx, me.name, userId, now);
    }
    await updateUser(trx, userId, { name, full_name: fullName }, now);
  });
}

async function refusePosing(trx: Trx, userId: string, { name, fullName }: Names): Promise<void> {
  const other = await findPosedAs(trx, [name, fullName], userId);
  if (other !== undefined)
    throw new AppError('conflict', `That looks like the name of @${other.name}, who moderates here.`);
}

/** Names that one person has given up are kept for them, so there is an end to how many. */
async function refuseHoarding(trx: Trx, me: User, name: string, now: number): Promise<void> {
  const former = (await listFormerNames(trx, [me.id])).get(me.id) ?? [];
  const since = now - NAME_KEPT_DAYS * 86_400_000;
  const kept = new Set([me.name, ...former.filter(({ givenUpAt }) => givenUpAt > since).map((one) => one.name)]);
  kept.delete(name);
  if (kept.size > MOST_KEPT)
    throw new AppError(
      'conflict',
      `You have given up ${MOST_KEPT} names within ${NAME_KEPT_DAYS} days, which are kept for you: take one of them, or wait.`,
    );
}
