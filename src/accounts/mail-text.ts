/** What the mails about accounts say. */

import type { Message } from '#platform/mail/mail.ts';

/** Plain text only: nothing to load, nothing to disguise where a link leads. */
export function linkMail({ to, site, link }: { to: string; site: string; link: string }): Message {
  return {
    to,
    subject: `Sign in to ${site}`,
    text: [
      `Open this link to sign in to ${site}:`,
      '',
      link,
      '',
      'It works once and for an hour. If you did not ask for it, you need not do anything: nobody can sign in without',
      'this mail.',
      '',
    ].join('\n'),
  };
}
