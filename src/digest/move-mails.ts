/** Two subscribers become one: what was written to one of them counts as written to the other. */

import type { Trx } from '#schema.ts';

/** Ids of subscribers. What waits still goes to whoever has the list by then. */
export async function moveMails(trx: Trx, { from, to }: { from: string; to: string }): Promise<void> {
  await trx.updateTable('digest_mails').set({ subscriber_id: to }).where('subscriber_id', '=', from).execute();
}
