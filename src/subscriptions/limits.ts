/** How often confirmation mails may be asked for, and why not more often. */

import type { Limit } from '#platform/limits/bucket.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The answer page says so. */
export const QUESTIONS_PER_DAY = 3;

/** A university behind one address still gets in; nobody mails the whole world from one network. */
export function networkLimit(client: string): Limit {
  return { key: `subscription mail from ${client}`, limit: 30, windowMs: HOUR };
}

/**
 * Who mistypes or loses the first mail asks again; who types somebody else's address cannot fill their mailbox. What
 * stands after a plus is left out: it is the same mailbox.
 */
export function addressLimit(email: string): Limit {
  const [local = '', domain = ''] = email.split('@');
  const mailbox = `${local.split('+', 1)[0]}@${domain}`;
  return { key: `subscription mail to ${mailbox}`, limit: QUESTIONS_PER_DAY, windowMs: DAY };
}
