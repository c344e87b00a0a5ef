/** SQL on the questions that wait; what is sent of them is `platform/mail/waiting-mails.ts`' affair. */

import type { Db } from '#schema.ts';
import type { Asked } from './list.ts';
import { makeId } from './store.ts';

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
