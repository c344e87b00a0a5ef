/** SQL on the end of an account: what signs in with it goes, and of the person what names them. */

import type { Trx } from '#schema.ts';

/** Everything that hangs on an account and is nobody's without it; mails that wait, too. */
export async function forgetCredentials(trx: Trx, userId: string): Promise<void> {
  for (const table of ['sessions', 'provider_accounts', 'passkeys', 'access_tokens', 'account_mails'] as const)
    await trx.deleteFrom(table).where('user_id', '=', userId).execute();
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
