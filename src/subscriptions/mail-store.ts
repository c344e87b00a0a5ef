/** SQL on the questions for confirmation that wait to be mailed. */

import type { Selectable } from 'kysely';
import type { Db } from '#schema.ts';
import type { Asked } from './list.ts';
import { makeId } from './store.ts';
import type { SubscriptionMailTable } from './table.ts';

export type WaitingQuestion = Selectable<SubscriptionMailTable>;

export async function addQuestion(
  db: Db,
  { email, asked, origin }: { email: string; asked: Asked; origin: string },
  now: number,
): Promise<void> {
  const row = { id: makeId(), email, asked: JSON.stringify(asked), origin, created_at: now, due_at: now };
  await db
    .insertInto('subscription_mails')
    .values({ ...row, attempts: 0, last_error: null })
    .execute();
}

/** The one that is due for longest, held for us until `heldUntil`; other processes look for another one. */
export async function claimQuestion(db: Db, now: number, heldUntil: number): Promise<WaitingQuestion | undefined> {
  for (;;) {
    const question = await db
      .selectFrom('subscription_mails')
      .selectAll()
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    if (question === undefined) return undefined;
    const claimed = await db
      .updateTable('subscription_mails')
      .set({ due_at: heldUntil })
      .where('id', '=', question.id)
      .where('due_at', '=', question.due_at)
      .executeTakeFirst();
    if (claimed.numUpdatedRows > 0n) return question;
  }
}

export async function removeQuestion(db: Db, id: string): Promise<void> {
  await db.deleteFrom('subscription_mails').where('id', '=', id).execute();
}

/** Puts it back, to be tried again at `dueAt`. */
export async function postponeQuestion(
  db: Db,
  id: string,
  { dueAt, attempts, error }: { dueAt: number; attempts: number; error: string },
): Promise<void> {
  await db
    .updateTable('subscription_mails')
    .set({ due_at: dueAt, attempts, last_error: error })
    .where('id', '=', id)
    .execute();
}
