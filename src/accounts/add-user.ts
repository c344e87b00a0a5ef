/** A new account: an id, a free name, and the role of admin for the first one. */

import { randomBytes } from 'node:crypto';
import { AppError } from '#platform/errors.ts';
import type { Db, Trx } from '#schema.ts';
import { findKept } from './former-names.ts';
import { removeInvitation } from './invitation-store.ts';
import { findPosedAs } from './posing.ts';
import { findUsersByName, hasUsers, insertUser, lockAccounts } from './store.ts';
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
      // A provider's word for it is no reason to look like somebody else.
      full_name: (await findPosedAs(trx, [fullName])) === undefined ? fullName : null,
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
  // Nor one that looks like that of somebody who moderates: the number tells them apart.
  const from = (await findPosedAs(trx, [wanted])) === undefined ? 0 : 1;
  return (
    names.slice(from).find((name) => !taken.has(name) && !kept.has(name)) ??
    `${wanted}-${randomBytes(3).toString('hex')}`
  );
}
