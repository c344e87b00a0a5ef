/** Asks whether somebody wants to be sent something. */

import { take } from '#platform/limits/store.ts';
import type { Subscribing } from './context.ts';
import { addressLimit } from './limits.ts';
import type { Asked } from './list.ts';
import { addQuestion } from './mail-store.ts';
import { sendQuestions } from './send-questions.ts';

/**
 * Puts a question into the queue, whoever it is for: nothing here looks at whether the address is known, so the form
 * cannot tell. An address that was asked about often today gets no more of them, and that is not told either: it would
 * say that its owner has been here.
 */
export async function requestSubscription(context: Subscribing, email: string, asked: Asked): Promise<void> {
  const { db, clock, url, later } = context;
  const { allowed } = await take(db, addressLimit(email), clock.now());
  if (!allowed) return;
  await addQuestion(db, { email, asked, origin: url }, clock.now());
  later(async (signal) => await sendQuestions(context, signal));
}
