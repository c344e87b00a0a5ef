/**
 * What the mails about subscriptions say. Plain text only. No word in them comes from whoever filled in the form, so
 * that nobody can send texts of theirs to others from here: a search is only named on the page behind the link.
 */

import type { Message } from '#platform/mail/mail.ts';
import type { Asked } from './list.ts';
import { LINK_HOURS } from './request-store.ts';
import { rhythmInWords } from './rhythm-words.ts';
import { nameOfTopics } from './topics.ts';

interface Facts {
  to: string;
  /** The site's name. */
  site: string;
  asked: Asked;
  link: string;
}

export function questionMail({ to, site, asked, link }: Facts): Message {
  const rhythm = rhythmInWords({ ...asked.list, timeZone: asked.timeZone });
  // A search may match nothing for months: that must not sound as if something came every day.
  const isRare = asked.list.kind === 'alert' && !asked.list.evenIfEmpty;
  const wish = isRare ? `to look ${rhythm}, and to mail to you when there are:` : `to mail to you ${rhythm}:`;
  return message(to, `Confirm: ${site} in your inbox`, [
    `Somebody, probably you, asked ${site} ${wish}`,
    '',
    `  ${contents(asked)}`,
    '',
    'If that is what you want, open this link and press the button there:',
    '',
    link,
    '',
    `It works once and for ${LINK_HOURS} hours. If you did not ask for it, you need not do anything: nothing else is`,
    'sent to you.',
  ]);
}

/** To somebody who gets all of that already. The link leads to what they get. */
export function knownMail({ to, site, link }: Omit<Facts, 'asked'>): Message {
  return message(to, `You get ${site} in your inbox already`, [
    `Somebody, probably you, asked ${site} to mail to you what it mails to you already. Nothing was changed.`,
    '',
    'Here you see what you get, and can change, pause or end it:',
    '',
    link,
  ]);
}

/** To somebody who gets something, and has no link that works. Whoever gets nothing is sent nothing. */
export function linkMail({ to, site, link }: Omit<Facts, 'asked'>): Message {
  return message(to, `Your mail from ${site}`, [
    `Somebody, probably you, asked for a link to what ${site} mails to you. Nothing was changed.`,
    '',
    'Here you see what you get, and can change, pause or end it:',
    '',
    link,
  ]);
}

function contents({ list }: Asked): string {
  if (list.kind === 'alert') return 'new papers that match a search; the link shows which';
  const told = list.topics.filter(({ kind }) => kind !== 'search');
  const searches = list.topics.length - told.length;
  const rest = searches === 0 ? '' : `${searches} ${searches === 1 ? 'search' : 'searches'}; the link shows which`;
  if (told.length === 0) return `New papers that match ${rest}`;
  return `${nameOfTopics(told)}${rest && `, and ${rest}`}`;
}

function message(to: string, subject: string, lines: string[]): Message {
  return { to, subject, text: [...lines, ''].join('\n') };
}
