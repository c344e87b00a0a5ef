/** A mail to those who moderate: something waits for them. */

import type { Trx } from '#schema.ts';
import { addMails } from './mail-store.ts';
import { listModerators } from './store.ts';

/** More share the work, and whoever looks has seen it. */
const MOST_TOLD = 20;

export interface Waiting {
  /** Where readers reach the site. */
  origin: string;
  /** Where it is decided. */
  path: string;
  /** Who made it wait, and knows. */
  exceptId: string | undefined;
  now: number;
}

/** The rows; `sendMails` sends them, but to nobody who no longer moderates by then. False if there is nobody to be told. */
export async function tellModerators(trx: Trx, { origin, path, exceptId, now }: Waiting): Promise<boolean> {
  const people = (await listModerators(trx)).filter(({ id, bannedAt }) => id !== exceptId && bannedAt === null);
  const mails = people
    .slice(0, MOST_TOLD)
    .flatMap(({ id, email }) =>
      email === null ? [] : [{ kind: 'report-waits' as const, email, user_id: id, origin, next_path: path }],
    );
  await addMails(trx, mails, now);
  return mails.length > 0;
}
