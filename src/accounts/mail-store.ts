/** SQL on the mails about accounts that wait; what is sent of them is `platform/mail/waiting-mails.ts`' affair. */

import type { Db, Trx } from '#schema.ts';
import { makeId } from './add-user.ts';
import type { AccountMailKind } from './table.ts';

export interface NewMail {
  kind: AccountMailKind;
  email: string;
  user_id?: string;
  origin: string;
  next_path: string;
}

export async function addMail(db: Db, mail: NewMail, now: number): Promise<void> {
  await addMails(db, [mail], now);
}

/** Of one kind to one account: what they say is no longer so. */
export async function dropMails(trx: Trx, kind: AccountMailKind, userId: string): Promise<void> {
  await trx.deleteFrom('account_mails').where('kind', '=', kind).where('user_id', '=', userId).execute();
}

export async function addMails(db: Db, mails: readonly NewMail[], now: number): Promise<void> {
  if (mails.length === 0) return;
  const times = { created_at: now, due_at: now, attempts: 0, last_error: null };
  const rows = mails.map((mail) => ({ id: makeId(), user_id: null, ...mail, ...times }));
  await db.insertInto('account_mails').values(rows).execute();
}
