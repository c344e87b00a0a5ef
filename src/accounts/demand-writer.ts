/** Who may write is asked once more in the transaction that writes: a request that waited for its turn may have been overtaken by a ban. */

import { AppError } from '#platform/errors.ts';
import type { Trx } from '#schema.ts';
import { findUser } from './store.ts';
import type { User } from './store.ts';
import { Banned, isModerator } from './user.ts';

/** The account as it is now. Throws an AppError if it was banned or deleted. Ask when the turn is taken. One query. */
export async function demandWriter(trx: Trx, userId: string): Promise<User> {
  const user = await findUser(trx, userId);
  if (user === undefined || user.deletedAt !== null)
    throw new AppError('forbidden', 'This account was deleted, so nothing was written.');
  if (user.bannedAt !== null) throw new Banned(user);
  return user;
}

/** No row of `users` where `demandWriter` would throw: for statements that are to write only what it would let through. */
export function writingUser(trx: Trx, userId: string) {
  return trx
    .selectFrom('users')
    .where('users.id', '=', userId)
    .where('users.banned_at', 'is', null)
    .where('users.deleted_at', 'is', null);
}

/** As `demandWriter`, for moderators and admins. */
export async function demandModerator(trx: Trx, userId: string): Promise<User> {
  const user = await demandWriter(trx, userId);
  if (!isModerator(user)) throw new AppError('forbidden', 'Only moderators can do that.');
  return user;
}
