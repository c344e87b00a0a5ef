/** Sends the mails about accounts that are due; links are made now, so that none lies about in the database. */

import type { Selectable } from 'kysely';
import type { Accounts } from './accounts.ts';
import { makeChangeLink } from './change-link.ts';
import { mailboxLimit } from './limits.ts';
import {
  changedMail,
  changeMail,
  deletedMail,
  invitationMail,
  linkMail,
  otherAddressMail,
  reportMail,
  roleMail,
} from './mail-text.ts';
import { take } from '#platform/limits/store.ts';
import { sendWaiting } from '#platform/mail/waiting-mails.ts';
import { makeSignInLink } from './sign-in-link.ts';
import { findUser, findUserOfMailbox } from './store.ts';
import type { AccountMailKind, AccountMailTable } from './table.ts';
import { isModerator, mailboxOf } from './user.ts';
import type { Role } from './user.ts';

type WaitingMail = Selectable<AccountMailTable>;

const MINUTE = 60_000;
/** Who asked an hour ago has asked again, or gone. */
const ASKED_MS = 60 * MINUTE;
/** Nobody asked for it, so nobody asks again. */
const NOTICES: ReadonlySet<AccountMailKind> = new Set([
  'email-changed',
  'account-deleted',
  'role-changed',
  'report-waits',
] as const);
const NOTICE_MS = 3 * 24 * 60 * MINUTE;

export async function sendMails(accounts: Accounts, signal: AbortSignal): Promise<void> {
  await sendWaiting(
    {
      ...accounts,
      table: 'account_mails',
      what: 'a mail about an account',
      giveUpMs: ({ kind }) => (NOTICES.has(kind) ? NOTICE_MS : ASKED_MS),
      longestRetryMs: 15 * MINUTE,
      deliver: async (mail, stop) => await deliver(accounts, mail, stop),
    },
    signal,
  );
}

async function deliver(accounts: Accounts, mail: WaitingMail, signal: AbortSignal): Promise<void> {
  const { config, log, mail: post } = accounts;
  if (await isOneTooMany(accounts, mail)) return;
  const path = await pathFor(accounts, mail);
  const isKnown = path === undefined && (await hasOtherAddress(accounts, mail));
  // Nobody to sign in: silence, so that nobody is mailed for having been typed into a form.
  if (path === undefined && !isKnown) return;
  const link = mail.origin + (path ?? `/sign-in?${new URLSearchParams({ next: mail.next_path }).toString()}`);
  const role = await roleOf(accounts, mail);
  const facts = { to: mail.email, site: config.SITE_NAME, link, at: mail.created_at, contact: config.CONTACT, role };
  await post.send((isKnown ? otherAddressMail : TEXTS[mail.kind])(facts), signal);
  if (post.place !== undefined) log.info(`no SMTP_URL is set; the mail to ${mail.email} (${mail.kind}) has ${link}`);
}

/** Counted when it is first tried. */
async function isOneTooMany({ db, clock, log }: Accounts, { kind, email, attempts }: WaitingMail): Promise<boolean> {
  if (kind !== 'sign-in' || attempts > 0) return false;
  const { allowed } = await take(db, mailboxLimit(mailboxOf(email)), clock.now());
  if (!allowed) log.warn('an address was asked for too many sign-in mails within an hour; one was not sent');
  return !allowed;
}

const TEXTS = {
  'sign-in': linkMail,
  invitation: invitationMail,
  'change-email': changeMail,
  'email-changed': changedMail,
  'report-waits': reportMail,
  'account-deleted': deletedMail,
  'role-changed': roleMail,
} satisfies Record<AccountMailKind, typeof changedMail>;

async function pathFor(accounts: Accounts, mail: WaitingMail): Promise<string | undefined> {
  const { kind, email, user_id: userId, next_path: next } = mail;
  if (kind === 'email-changed' || kind === 'account-deleted') return next;
  if (kind === 'role-changed') return (await isStillAt(accounts, mail)) ? next : undefined;
  if (kind === 'report-waits') return (await moderates(accounts, mail)) ? next : undefined;
  if (kind === 'change-email') return userId === null ? undefined : await makeChangeLink(accounts, userId, email);
  return await makeSignInLink(accounts, email, next);
}

/** Whether who asks for a link has an account by another address of the mailbox. Who is banned is told nothing new. */
async function hasOtherAddress({ db }: Accounts, { kind, email }: WaitingMail): Promise<boolean> {
  if (kind !== 'sign-in') return false;
  const user = await findUserOfMailbox(db, mailboxOf(email));
  return user !== undefined && user.bannedAt === null;
}

/** As it is when the mail is sent. */
async function roleOf({ db }: Accounts, { kind, user_id: userId }: WaitingMail): Promise<Role> {
  if (kind !== 'role-changed' || userId === null) return 'reader';
  return (await findUser(db, userId))?.role ?? 'reader';
}

/** Since it was written the account may have been deleted, or have another address. */
async function isStillAt({ db }: Accounts, { user_id: userId, email }: WaitingMail): Promise<boolean> {
  return userId !== null && (await findUser(db, userId))?.email === email;
}

/** Since it was written somebody may have been made a reader. */
async function moderates(accounts: Accounts, mail: WaitingMail): Promise<boolean> {
  const user = mail.user_id === null ? undefined : await findUser(accounts.db, mail.user_id);
  return user !== undefined && isModerator(user) && user.bannedAt === null && (await isStillAt(accounts, mail));
}
