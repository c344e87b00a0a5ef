/** How pages for moderators name an account, leading to its profile where there is one. */

import type { FormerName } from '#accounts/former-names.ts';
import type { PublicUser } from '#accounts/user.ts';
import { userPath } from '#feed/addresses.ts';
import { accountNameAt } from '../account-name.ts';

export interface AccountLinkProps {
  user: Pick<PublicUser, 'name' | 'deletedAt'> | undefined;
  /** Names that it gave up, to be called as of `at` (epoch milliseconds). */
  former?: readonly FormerName[] | undefined;
  at?: number;
}

export function AccountLink({ user, former, at = 0 }: AccountLinkProps) {
  const name = accountNameAt(user, former, at);
  return user === undefined || user.deletedAt !== null ? <>{name}</> : <a href={userPath(user.name)}>{name}</a>;
}
