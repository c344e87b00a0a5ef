/** Mails the questions for confirmation that are due; links are made now, so that none lies about in the database. */

import { MailError } from '#platform/mail/mail.ts';
import type { Subscribing } from './context.ts';
import { manageUrl } from './links.ts';
import { isSameList, readAsked } from './list.ts';
import { claimQuestion, postponeQuestion, removeQuestion } from './mail-store.ts';
import type { WaitingQuestion } from './mail-store.ts';
import { knownMail, questionMail } from './mail-text.ts';
import { addRequest } from './request-store.ts';
import { ensureSubscriber, listLists } from './store.ts';
import type { Subscriber } from './store.ts';
import { findSuppression } from './suppress.ts';
import type { Suppressed } from './suppress.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Longer than the longest that a mail server is waited for. */
const HELD_MS = 2 * MINUTE;
/** Who asked yesterday has asked again, or gone. */
const GIVE_UP_MS = DAY;
/** First again after half a minute, then twice as late each time: mail servers that grey-list take a quarter of an hour. */
const RETRY_MS = MINUTE / 2;
const LONGEST_RETRY_MS = 60 * MINUTE;
/** A mailbox that was full or away may be back by then, and its owner asks for something. */
const ASK_AGAIN_MS = 30 * DAY;

export const CONFIRM_PATH = '/subscribe/confirm';

type Sending = Omit<Subscribing, 'later' | 'url'>;

export async function sendQuestions(context: Sending, signal: AbortSignal): Promise<void> {
  const { db, clock } = context;
  while (!signal.aborted) {
    const question = await claimQuestion(db, clock.now(), clock.now() + HELD_MS);
    if (question === undefined) return;
    await sendOne(context, question, signal);
  }
}

async function sendOne(context: Sending, question: WaitingQuestion, signal: AbortSignal): Promise<void> {
  const { db, clock, log } = context;
  try {
    await ask(context, question, signal);
    await removeQuestion(db, question.id);
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const now = clock.now();
    const attempts = question.attempts + 1;
    const wait = Math.min(RETRY_MS * 2 ** question.attempts, LONGEST_RETRY_MS);
    const givesUp = error.permanent || now + wait - question.created_at > GIVE_UP_MS;
    log.error({ err: error, attempts, givesUp }, 'a question for confirmation could not be sent');
    if (givesUp) await removeQuestion(db, question.id);
    else await postponeQuestion(db, question.id, { dueAt: now + wait, attempts, error: error.message });
  }
}

async function ask(context: Sending, question: WaitingQuestion, signal: AbortSignal): Promise<void> {
  const { db, clock, config, log, mail } = context;
  const { email, origin } = question;
  const suppression = await findSuppression(db, email);
  if (suppression !== undefined && !mayAskAgain(suppression, clock.now())) return;
  const asked = readAsked(question.asked);
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

/** Whether all that is asked for comes already. */
async function gets({ db, clock }: Sending, subscriber: Subscriber, { asked }: WaitingQuestion): Promise<boolean> {
  const { confirmedAt, endedAt, pausedUntil } = subscriber;
  const isMailed = confirmedAt !== null && endedAt === null && (pausedUntil ?? 0) <= clock.now();
  if (!isMailed) return false;
  const { list } = readAsked(asked);
  return (await listLists(db, subscriber.id)).some((one) => isSameList(one, list));
}
