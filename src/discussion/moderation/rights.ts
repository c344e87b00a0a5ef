/** Who may decide what about whom. Pure: the use cases refuse by it, and pages offer by it. */

import { isModerator } from '#accounts/user.ts';
import type { Role } from '#accounts/user.ts';
import { AppError } from '#platform/errors.ts';

interface Person {
  id: string;
  role: Role;
}

/** Why `by` cannot ban somebody, or lift the ban, or undefined; `by` undefined is the operator. */
export function problemOfBan(by: Person | undefined, user: Person): AppError | undefined {
  if (user.id === by?.id) return new AppError('conflict', 'Nobody can ban themselves.');
  return by === undefined || by.role === 'admin' || !isModerator(user)
    ? undefined
    : new AppError('forbidden', 'Only an admin can ban a moderator.', { hint: 'Ask an admin.' });
}

/** Why `by` cannot say what somebody may do, or undefined. That an admin stays is asked of the database. */
export function problemOfRole(by: Person | undefined): AppError | undefined {
  return by === undefined || by.role === 'admin'
    ? undefined
    : new AppError('forbidden', 'Only an admin can change what somebody may do.');
}
