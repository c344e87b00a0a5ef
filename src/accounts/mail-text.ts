/** What the mails about accounts say. Plain text only: nothing to load, nothing to disguise where a link leads. */

import type { Message } from '#platform/mail/mail.ts';

interface Facts {
  to: string;
  /** The site's name. */
  site: string;
  link: string;
}

export function linkMail({ to, site, link }: Facts): Message {
  return message(to, `Sign in to ${site}`, [
    `Open this link to sign in to ${site}:`,
    '',
    link,
    '',
    'It works once and for an hour. If you did not ask for it, you need not do anything: nobody can sign in without',
    'this mail.',
  ]);
}

export function invitationMail({ to, site, link }: Facts): Message {
  return message(to, `You are invited to ${site}`, [
    `You are invited to ${site}, a daily paper of new research. This link makes your account:`,
    '',
    link,
    '',
    'It works once and for an hour. Later, ask for another one on the sign-in page with this mail address.',
  ]);
}

export function changeMail({ to, site, link }: Facts): Message {
  return message(to, `Confirm your new mail address at ${site}`, [
    `Open this link, signed in to ${site}, to use this address there from now on:`,
    '',
    link,
    '',
    'It works for an hour. If you did not ask for it, you need not do anything.',
  ]);
}

export function changedMail({ to, site, link }: Facts): Message {
  return message(to, `Your mail address at ${site} was changed`, [
    `Your account at ${site} (${link}) has another mail address now; sign-in links go there.`,
    '',
    'If you did not do this, write to the people who run the site at once.',
  ]);
}

function message(to: string, subject: string, lines: string[]): Message {
  return { to, subject, text: [...lines, ''].join('\n') };
}
