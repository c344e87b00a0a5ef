/** How pages for moderators name an account. */

import { DELETED_NAME, DELETED_PREFIX } from '#accounts/user.ts';
import type { PublicUser } from '#accounts/user.ts';
import type { FormerName } from '#accounts/former-names.ts';

type Named = Pick<PublicUser, 'name' | 'deletedAt'>;

/** Digits of what stands in place of the name of a deleted account: enough to tell two of them apart. */
const MARK = 4;

/** `@ann`, or that there is nobody any more: `deleted account 3f2a`, the same one wherever it says the same. */
export function accountName(user: Named | undefined): string {
  if (user === undefined) return `a ${DELETED_NAME}`;
  if (user.deletedAt === null) return `@${user.name}`;
  return `${DELETED_NAME} ${user.name.slice(DELETED_PREFIX.length, DELETED_PREFIX.length + MARK)}`;
}

/** By the name that it had at a time, epoch ms: `@ann, now @ann-lee`. `former`: the names that it gave up, the first one first. */
export function accountNameAt(user: Named | undefined, former: readonly FormerName[] | undefined, at: number): string {
  const now = accountName(user);
  const then = former?.find(({ givenUpAt }) => givenUpAt > at)?.name;
  return then === undefined || `@${then}` === now ? now : `@${then}, now ${now}`;
}
