/** This folder's part of what somebody gets who asks for all that is kept of them. Secrets are named, not given. */

import { readable } from '#platform/readable.ts';
import type { Db } from '#schema.ts';

export async function ownHookData(db: Db, userId: string): Promise<unknown> {
  return readable({
    webhooks: await db
      .selectFrom('hooks')
      .select(['id', 'url', 'format', 'events', 'search', 'top', 'created_at', 'off_at', 'off_reason'])
      .where('owner_id', '=', userId)
      .orderBy('created_at')
      .execute(),
    messages: await db
      .selectFrom('hook_deliveries')
      .innerJoin('hooks', 'hooks.id', 'hook_deliveries.hook_id')
      .select(['hook_id', 'event_id', 'kind', 'summary', 'state', 'hook_deliveries.created_at', 'attempts'])
      .where('hooks.owner_id', '=', userId)
      .orderBy('hook_deliveries.created_at')
      .execute(),
  });
}
