/** A new account: an id, a free name, and the role of admin for the first one. */

import { randomBytes } from 'node:crypto';
import { AppError } from '#platform/errors.ts';
import type { Db, Trx } from '#schema.ts';
import { findKept } from './former-names.ts';
import { removeInvitation } from './invitation-store.ts';
import { skeletonOf } from './look-alike.ts';
import { findUsersByName, hasUsers, insertUser, listModerators, lockAccounts } from './store.ts';
import type { UserTable } from './table.ts';
import type { Role } from './user.ts';
import { nameFromEmail } from './user.ts';

/** Tried in order before digits are drawn: ann, ann-2, … */
const NUMBERED = 20;

export interface NewUser {
  id?: string;
  /** Lower case. */
  email: string;
  fullName?: string | null;
  /** The first account is an admin whatever is said here. */
  role?: Role;
}

export function makeId(): string {
  return randomBytes(12).toString('hex');
}

/** Somebody came with a link or from a provider, and may not have an account (any more). */
export class NotWelcome extends AppError {
  constructor() {
    super('forbidden', 'No account can be made here with this address.');
  }
}

/**
 * Throws the database's error if the address has an account. `mayBe`: asked when it is this account's turn, because who
 * may make one can depend on the others; NotWelcome if not. The operator's are not asked for.
 */
export async function addUser(
  db: Db,
  user: NewUser,
  now: number,
  mayBe?: (trx: Trx) => Promise<boolean>,
): Promise<UserTable> {
  return await db.transaction().execute(async (trx) => {
    await lockAccounts(trx);
    if (mayBe !== undefined && !(await mayBe(trx))) throw new NotWelcome();
    const { email, fullName = null, id = makeId() } = user;
    const isFirst = !(await hasUsers(trx));
    const row = {
      id,
      name: await freeName(trx, nameFromEmail(email), now),
      full_name: fullName,
      email,
      // Whoever gets in has opened a link that was sent there, or comes from a provider that has seen to it.
      email_verified: 1,
      role: isFirst ? ('admin' as const) : (user.role ?? ('reader' as const)),
      created_at: now,
      updated_at: now,
      banned_at: null,
      ban_reason: null,
      deleted_at: null,
    };
    await insertUser(trx, row);
    await removeInvitation(trx, email);
    return row;
  });
}

async function freeName(trx: Trx, wanted: string, now: number): Promise<string> {
  const names = [wanted, ...Array.from({ length: NUMBERED }, (_, index) => `${wanted}-${index + 2}`)];
  const taken = await findUsersByName(trx, names);
  const kept = await findKept(trx, names, now);
  // Nor one that looks like that of somebody who moderates.
  const posing = new Set((await listModerators(trx)).map(({ name }) => skeletonOf(name)));
  const isFree = (name: string) => !taken.has(name) && !kept.has(name) && !posing.has(skeletonOf(name));
  return names.find(isFree) ?? `${wanted}-${randomBytes(3).toString('hex')}`;
}
