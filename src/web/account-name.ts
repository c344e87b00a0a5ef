/** How pages for moderators name an account. */

import { DELETED_NAME } from '#accounts/user.ts';
import type { PublicUser } from '#accounts/user.ts';

/** `@ann`, or that there is nobody any more. */
export function accountName(user: Pick<PublicUser, 'name' | 'deletedAt'> | undefined): string {
  return user === undefined || user.deletedAt !== null ? `a ${DELETED_NAME}` : `@${user.name}`;
}
