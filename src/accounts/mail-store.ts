/** SQL on the mails that wait to be sent. */

import type { Selectable } from 'kysely';
import type { Db } from '#schema.ts';
import { makeId } from './add-user.ts';
import type { AccountMailKind, AccountMailTable } from './table.ts';

export type WaitingMail = Selectable<AccountMailTable>;

export interface NewMail {
  kind: AccountMailKind;
  email: string;
  user_id?: string;
  origin: string;
  next_path: string;
}

export async function addMail(db: Db, mail: NewMail, now: number): Promise<void> {
  const row = { id: makeId(), user_id: null, ...mail, created_at: now, due_at: now, attempts: 0, last_error: null };
  await db.insertInto('account_mails').values(row).execute();
}

/** The mail that is due for longest, held for us until `heldUntil`; other processes look for another one. */
export async function claimMail(db: Db, now: number, heldUntil: number): Promise<WaitingMail | undefined> {
  for (;;) {
    const mail = await db
      .selectFrom('account_mails')
      .selectAll()
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    if (mail === undefined) return undefined;
    const claimed = await db
      .updateTable('account_mails')
      .set({ due_at: heldUntil })
      .where('id', '=', mail.id)
      .where('due_at', '=', mail.due_at)
      .executeTakeFirst();
    if (claimed.numUpdatedRows > 0n) return mail;
  }
}

export async function removeMail(db: Db, id: string): Promise<void> {
  await db.deleteFrom('account_mails').where('id', '=', id).execute();
}

/** Puts it back, to be tried again at `dueAt`. */
export async function postponeMail(
  db: Db,
  id: string,
  { dueAt, attempts, error }: { dueAt: number; attempts: number; error: string },
): Promise<void> {
  await db
    .updateTable('account_mails')
    .set({ due_at: dueAt, attempts, last_error: error })
    .where('id', '=', id)
    .execute();
}
