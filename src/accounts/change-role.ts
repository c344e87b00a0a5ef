/** What somebody may do changes, or whether they may do anything: the site keeps an admin who can act. */

import { AppError, notFound } from '#platform/errors.ts';
import type { Trx } from '#schema.ts';
import { addMail, dropMails } from './mail-store.ts';
import { findUser, hasOtherAdmin, lockAccounts, updateUser } from './store.ts';
import type { User } from './store.ts';
import type { Role } from './user.ts';

export interface NewRole {
  role: Role;
  now: number;
  /** Where readers reach the site; told to whom it concerns, by a mail that `sendMails` sends. Without it nobody is told. */
  url: string | undefined;
}

/** False if the role is that already. Throws AppErrors: no such account, the only admin. Takes `lockAccounts`. */
export async function changeRole(trx: Trx, userId: string, { role, now, url }: NewRole): Promise<boolean> {
  await lockAccounts(trx);
  const user = await getAccount(trx, userId);
  if (user.role === role) return false;
  await demandAnotherAdmin(trx, user);
  if (url !== undefined && user.email !== null) {
    const mail = { kind: 'role-changed' as const, email: user.email, user_id: userId, origin: url, next_path: '/' };
    await dropMails(trx, mail.kind, userId); // of two changes the last one is told
    await addMail(trx, mail, now);
  }
  return await updateUser(trx, userId, { role }, now);
}

export interface Ban {
  banned: boolean;
  /** Told to who is banned. */
  reason: string;
  now: number;
}

/** False if it is so already. Throws AppErrors: no such account, the only admin. Takes `lockAccounts`. */
export async function changeBan(trx: Trx, userId: string, { banned, reason, now }: Ban): Promise<boolean> {
  await lockAccounts(trx);
  const user = await getAccount(trx, userId);
  if ((user.bannedAt !== null) === banned) return false;
  if (banned) await demandAnotherAdmin(trx, user);
  return await updateUser(trx, userId, { banned_at: banned ? now : null, ban_reason: banned ? reason : null }, now);
}

/**
 * Before somebody ceases to be an admin: throws an AppError if nobody else is one who is neither banned nor deleted.
 * Hold `lockAccounts`, or two who go at once leave none.
 */
export async function demandAnotherAdmin(trx: Trx, leaving: Pick<User, 'id' | 'role' | 'bannedAt'>): Promise<void> {
  if (leaving.role !== 'admin' || leaving.bannedAt !== null || (await hasOtherAdmin(trx, leaving.id))) return;
  throw new AppError('conflict', 'This is the only admin.', {
    hint: 'Make somebody else an admin first, on their profile or by: broadsheet user promote EMAIL.',
  });
}

async function getAccount(trx: Trx, userId: string): Promise<User> {
  const user = await findUser(trx, userId);
  if (user === undefined || user.deletedAt !== null) throw notFound('There is no such account.');
  return user;
}
