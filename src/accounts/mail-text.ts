/** What the mails about accounts say. Plain text only: nothing to load, nothing to disguise where a link leads. */

import { exactTime } from '#platform/dates.ts';
import type { Message } from '#platform/mail/mail.ts';
import type { Role } from './user.ts';
import { ENDING, STAYING } from './what-ends.ts';

interface Facts {
  to: string;
  /** The site's name. */
  site: string;
  link: string;
}

interface Happened extends Facts {
  /** When it happened, epoch milliseconds. */
  at: number;
  /** The setting CONTACT: an address or a page of who runs the site, or empty. */
  contact: string;
  /** What its reader may do now. */
  role: Role;
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

/** Names no address: where a + means something else, somebody else may read this. */
export function otherAddressMail({ to, site, link }: Facts): Message {
  return message(to, `Sign in to ${site} with your other address`, [
    `Somebody asked ${site} for a link to this address. Your mailbox has an account there already, by an address that`,
    'differs from this one in what stands after a +, and one mailbox has one account. Ask for a link with that address:',
    '',
    link,
    '',
    'There you can also change it. If you did not ask for a link, you need not do anything.',
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

export function changedMail({ to, site, link, at, contact }: Happened): Message {
  return message(to, `Your mail address at ${site} was changed`, [
    `Your account at ${site} (${link}) has another mail address since ${exactTime(at)}; sign-in links go there.`,
    '',
    ...(contact === ''
      ? [
          'If you did not do this, tell whoever runs the site at once. The site names no address for that, and an answer',
          'to this mail reaches nobody: ask whoever told you of the site.',
        ]
      : ['If you did not do this, write to the people who run the site at once:', contact]),
  ]);
}

export function deletedMail({ to, site, link, at, contact }: Happened): Message {
  return message(to, `Your account at ${site} was deleted`, [
    `The account at ${site} (${link}) with this mail address was deleted on ${exactTime(at)}, from a browser that was`,
    'signed in to it. No more mail comes from there. Its',
    `${ENDING} have ended.`,
    `${STAYING}.`,
    '',
    `If you did not do this, tell the people who run the site${contact === '' ? '.' : `: ${contact}`}`,
    'They cannot bring the account back, but they should know.',
    ...(contact === '' ? ['The site names no address for that, and an answer to this mail reaches nobody.'] : []),
  ]);
}

const ROLES: Record<Role, [subject: (site: string) => string, what: string]> = {
  reader: [
    (site) => `You no longer moderate at ${site}`,
    'made a reader: what is reported is decided on by others from now on.',
  ],
  moderator: [
    (site) => `You moderate at ${site} now`,
    'made a moderator: you see what is reported, and decide on it. The menu at your name leads there.',
  ],
  admin: [
    (site) => `You are an admin of ${site} now`,
    'made an admin: you see what is reported and decide on it, and say who else may. The menu at your name leads there.',
  ],
};

export function roleMail({ to, site, link, at, contact, role }: Happened): Message {
  const [subject, what] = ROLES[role];
  return message(to, subject(site), [
    `On ${exactTime(at)} your account at ${site} (${link}) was`,
    what,
    ...(contact === '' ? [] : ['', `Who runs the site can be asked: ${contact}`]),
  ]);
}

/** Says nothing of the report: its words are a stranger's. */
export function reportMail({ to, site, link }: Facts): Message {
  return message(to, `A report waits at ${site}`, [
    `Somebody at ${site} has reported a comment or a paper. It waits for a decision of the moderators:`,
    '',
    link,
    '',
    'No other mail of this kind comes for three days, or until nothing waits any more and something new comes. You get',
    `it because you moderate at ${site}.`,
  ]);
}

function message(to: string, subject: string, lines: string[]): Message {
  return { to, subject, text: [...lines, ''].join('\n') };
}
