/** Sends the mails about accounts that are due; links are made now, so that none lies about in the database. */

import type { Accounts } from './accounts.ts';
import { makeChangeLink } from './change-link.ts';
import { mailboxLimit } from './limits.ts';
import { changedMail, changeMail, invitationMail, linkMail } from './mail-text.ts';
import { claimMail, postponeMail, removeMail } from './mail-store.ts';
import type { WaitingMail } from './mail-store.ts';
import { take } from '#platform/limits/store.ts';
import { MailError } from '#platform/mail/mail.ts';
import { makeSignInLink } from './sign-in-link.ts';
import type { AccountMailKind } from './table.ts';

const MINUTE = 60_000;
/** Longer than the longest that a mail server is waited for. */
const HELD_MS = 2 * MINUTE;
/** Who asked an hour ago has asked again, or gone. */
const GIVE_UP_MS = 60 * MINUTE;
/** First again after half a minute, then twice as late each time. */
const RETRY_MS = MINUTE / 2;
const LONGEST_RETRY_MS = 15 * MINUTE;

export async function sendMails(accounts: Accounts, signal: AbortSignal): Promise<void> {
  const { db, clock } = accounts;
  while (!signal.aborted) {
    const mail = await claimMail(db, clock.now(), clock.now() + HELD_MS);
    if (mail === undefined) return;
    await sendOne(accounts, mail, signal);
  }
}

/** Whatever goes wrong with one mail is its own affair: the next ones are sent all the same. */
async function sendOne(accounts: Accounts, mail: WaitingMail, signal: AbortSignal): Promise<void> {
  const { db } = accounts;
  try {
    await deliver(accounts, mail, signal);
  } catch (error) {
    return await keepFailed(accounts, mail, error as Error);
  }
  await removeMail(db, mail.id);
}

async function keepFailed({ db, clock, log }: Accounts, mail: WaitingMail, error: Error): Promise<void> {
  const now = clock.now();
  const attempts = mail.attempts + 1;
  const wait = Math.min(RETRY_MS * 2 ** mail.attempts, LONGEST_RETRY_MS);
  const isPermanent = error instanceof MailError && error.permanent;
  const givesUp = isPermanent || now + wait - mail.created_at > GIVE_UP_MS;
  log.error({ err: error, kind: mail.kind, attempts, givesUp }, 'a mail about an account could not be sent');
  if (givesUp) await removeMail(db, mail.id);
  else await postponeMail(db, mail.id, { dueAt: now + wait, attempts, error: error.message });
}

async function deliver(accounts: Accounts, mail: WaitingMail, signal: AbortSignal): Promise<void> {
  const { config, log, mail: post } = accounts;
  if (await isOneTooMany(accounts, mail)) return;
  const path = await pathFor(accounts, mail);
  // Nobody to sign in: silence, so that nobody is mailed for having been typed into a form.
  if (path === undefined) return;
  const link = mail.origin + path;
  await post.send(TEXTS[mail.kind]({ to: mail.email, site: config.SITE_NAME, link }), signal);
  if (post.place !== undefined) log.info(`no SMTP_URL is set; the mail to ${mail.email} (${mail.kind}) has ${link}`);
}

/** Counted when it is first tried. */
async function isOneTooMany({ db, clock, log }: Accounts, { kind, email, attempts }: WaitingMail): Promise<boolean> {
  if (kind !== 'sign-in' || attempts > 0) return false;
  const { allowed } = await take(db, mailboxLimit(email), clock.now());
  if (!allowed) log.warn('an address was asked for too many sign-in mails within an hour; one was not sent');
  return !allowed;
}

const TEXTS = {
  'sign-in': linkMail,
  invitation: invitationMail,
  'change-email': changeMail,
  'email-changed': changedMail,
} satisfies Record<AccountMailKind, typeof linkMail>;

async function pathFor(accounts: Accounts, mail: WaitingMail): Promise<string | undefined> {
  const { kind, email, user_id: userId, next_path: next } = mail;
  if (kind === 'email-changed') return next;
  if (kind === 'change-email') return userId === null ? undefined : await makeChangeLink(accounts, userId, email);
  return await makeSignInLink(accounts, email, next);
}
