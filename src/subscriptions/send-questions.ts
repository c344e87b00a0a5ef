/** Mails the questions for confirmation that are due; links are made now, so that none lies about in the database. */

import type { Selectable } from 'kysely';
import { sendWaiting } from '#platform/mail/waiting-mails.ts';
import type { Subscribing } from './context.ts';
import { manageUrl } from './links.ts';
import { isSameList, readAsked } from './list.ts';
import { knownMail, linkMail, questionMail } from './mail-text.ts';
import { addRequest } from './request-store.ts';
import { ensureSubscriber, findSubscriberByEmail, listLists } from './store.ts';
import type { Subscriber } from './store.ts';
import { findSuppression } from './suppress.ts';
import type { Suppressed } from './suppress.ts';
import type { SubscriptionMailTable } from './table.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A mailbox that was full or away may be back by then, and its owner asks for something. */
const ASK_AGAIN_MS = 30 * DAY;

export const CONFIRM_PATH = '/subscribe/confirm';

type Sending = Omit<Subscribing, 'later' | 'url'>;
type WaitingQuestion = Selectable<SubscriptionMailTable>;

export async function sendQuestions(context: Sending, signal: AbortSignal): Promise<void> {
  await sendWaiting(
    {
      ...context,
      table: 'subscription_mails',
      what: 'a question for confirmation',
      // Who asked yesterday has asked again, or gone.
      giveUpMs: DAY,
      longestRetryMs: HOUR,
      deliver: async (question, stop) => await ask(context, question, stop),
    },
    signal,
  );
}

async function ask(context: Sending, question: WaitingQuestion, signal: AbortSignal): Promise<void> {
  const { db, clock, config, log, mail } = context;
  const { email, origin } = question;
  const suppression = await findSuppression(db, email);
  if (suppression !== undefined && !mayAskAgain(suppression, clock.now())) return;
  const asked = readAsked(question.asked);
  if (asked.isForLink === true) return await mailLink(context, question, signal);
  const subscriber = await ensureSubscriber(db, email, asked.timeZone, clock.now());
  const facts = { to: email, site: config.SITE_NAME };
  if (suppression === undefined && asked.isPlain && (await gets(context, subscriber, question))) {
    await mail.send(
      knownMail({ ...facts, link: manageUrl({ url: origin, secret: context.secret() }, subscriber) }),
      signal,
    );
    return;
  }
  const token = await addRequest(db, subscriber.id, question.asked, clock.now());
  const link = `${origin}${CONFIRM_PATH}?${new URLSearchParams({ token }).toString()}`;
  await mail.send(questionMail({ ...facts, asked, link }), signal);
  if (mail.place !== undefined) log.info(`no SMTP_URL is set; the mail to ${email} (confirmation) has ${link}`);
}

/** Who called our mail unwanted, and whom the operator excludes, is not asked by a form that anybody can fill in. */
function mayAskAgain({ reason, suppressedAt }: Suppressed, now: number): boolean {
  return (reason === 'refused' || reason === 'bounced') && now - suppressedAt >= ASK_AGAIN_MS;
}

/** To whom anything comes, now or after a pause. Anybody else has nothing to change or end, and is sent nothing. */
async function mailLink(context: Sending, { email, origin }: WaitingQuestion, signal: AbortSignal): Promise<void> {
  const { db, config, log, mail } = context;
  const subscriber = await findSubscriberByEmail(db, email);
  if (subscriber === undefined || subscriber.confirmedAt === null || subscriber.endedAt !== null) return;
  if ((await findSuppression(db, email)) !== undefined) return;
  const link = manageUrl({ url: origin, secret: context.secret() }, subscriber);
  await mail.send(linkMail({ to: email, site: config.SITE_NAME, link }), signal);
  if (mail.place !== undefined) log.info(`no SMTP_URL is set; the mail to ${email} (link) has ${link}`);
}

/** Whether all that is asked for comes already. */
async function gets({ db, clock }: Sending, subscriber: Subscriber, { asked }: WaitingQuestion): Promise<boolean> {
  const { confirmedAt, endedAt, pausedUntil } = subscriber;
  const isMailed = confirmedAt !== null && endedAt === null && (pausedUntil ?? 0) <= clock.now();
  if (!isMailed) return false;
  const { list } = readAsked(asked);
  return (await listLists(db, subscriber.id)).some((one) => isSameList(one, list));
}
