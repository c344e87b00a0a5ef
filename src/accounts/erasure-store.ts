/** SQL on the end of an account: what signs in with it goes, and of the person what names them. */

import type { Trx } from '#schema.ts';

/** Mails that lead into the account, or say what it may. The others say what was done with it, to whoever it may have been done against. */
const LEADING_IN = ['sign-in', 'invitation', 'change-email', 'report-waits', 'role-changed'] as const;

/** Everything that hangs on an account and is nobody's without it; mails that wait, too, but for notices. */
export async function forgetCredentials(trx: Trx, userId: string): Promise<void> {
  for (const table of ['sessions', 'provider_accounts', 'passkeys', 'access_tokens'] as const)
    await trx.deleteFrom(table).where('user_id', '=', userId).execute();
  await trx
    .deleteFrom('account_mails')
    .where('user_id', '=', userId)
    .where('kind', 'in', [...LEADING_IN])
    .execute();
}

/** Addresses that the account has left, and whose owner may not know it yet. */
export async function listLeftAddresses(trx: Trx, userId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('account_mails')
    .select('email')
    .where('user_id', '=', userId)
    .where('kind', '=', 'email-changed')
    .execute();
  return rows.map(({ email }) => email);
}

export interface Erasure {
  /** What stands where the name stood; nobody else's. */
  name: string;
  /** What stands where the address stood. */
  email: string | null;
  now: number;
}

/** The row stays, so that what hangs on it keeps its author. */
export async function eraseUser(trx: Trx, userId: string, { name, email, now }: Erasure): Promise<void> {
  await trx
    .updateTable('users')
    .set({
      name,
      full_name: null,
      email,
      email_verified: 0,
      role: 'reader',
      ban_reason: null,
      updated_at: now,
      deleted_at: now,
    })
    .where('id', '=', userId)
    .execute();
}
