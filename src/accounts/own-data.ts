/** This folder's part of what somebody gets who asks for all that is kept of them. Secrets are named, not given. */

import { readable } from '#platform/readable.ts';
import type { Db } from '#schema.ts';

export async function ownAccountData(db: Db, userId: string): Promise<unknown> {
  return readable(
    {
      account: await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst(),
      formerNames: await db
        .selectFrom('former_names')
        .select(['name', 'given_up_at'])
        .where('user_id', '=', userId)
        .orderBy('given_up_at')
        .execute(),
      sessions: await db
        .selectFrom('sessions')
        .select(['id', 'user_agent', 'ip_address', 'created_at', 'updated_at', 'expires_at'])
        .where('user_id', '=', userId)
        .orderBy('created_at')
        .execute(),
      providers: await db
        .selectFrom('provider_accounts')
        .select(['provider_id', 'account_id', 'created_at'])
        .where('user_id', '=', userId)
        .execute(),
      passkeys: await db
        .selectFrom('passkeys')
        .select(['id', 'name', 'device_type', 'backed_up', 'created_at'])
        .where('user_id', '=', userId)
        .execute(),
      accessTokens: await db
        .selectFrom('access_tokens')
        .select(['id', 'name', 'scope', 'created_at', 'last_used_at'])
        .where('user_id', '=', userId)
        .execute(),
      invitationsMade: await db.selectFrom('invitations').select('email').where('invited_by', '=', userId).execute(),
    },
    { flags: ['email_verified', 'backed_up'] },
  );
}
