/** A mail to those who moderate: something waits for them. */

import type { Trx } from '#schema.ts';
import { addMail } from './add-mail.ts';
import { listModerators } from './store.ts';

/** More share the work, and whoever looks has seen it. */
const MOST_TOLD = 20;

export interface Waiting {
  /** Where readers reach the site. */
  origin: string;
  /** Where it is decided. */
  path: string;
  /** Who made it wait, and knows. */
  exceptId: string;
  now: number;
}

/** The rows; `sendMails` sends them. Whoever no longer moderates by then gets none. */
export async function tellModerators(trx: Trx, { origin, path, exceptId, now }: Waiting): Promise<void> {
  const people = await listModerators(trx);
  const told = people.filter(({ id, bannedAt }) => id !== exceptId && bannedAt === null).slice(0, MOST_TOLD);
  for (const { id, email } of told) {
    if (email !== null) await addMail(trx, { kind: 'report-waits', email, user_id: id, origin, next_path: path }, now);
  }
}
