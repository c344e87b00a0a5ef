/**
 * What it says of an address when mail to it is refused or comes back. The rule:
 *
 * - The server says that there is no such address (550, 551, 553 or 555 to the recipient, or a bounce with status 5.1.x
 *   or 5.2.1): nothing more is sent there, from the first time on.
 * - It refuses for good for another reason (552 or 5.2.2, the mailbox is full; 5.7.x, a policy; any other 5xx): this
 *   mail is given up, and after the third such mail within 30 days nothing more is sent there.
 * - Anything else (4xx, a broken connection, what it has against us) says nothing of the address.
 *
 * Pure.
 */

import type { Refusal } from '#platform/mail/mail.ts';

export type Verdict = 'gone' | 'returned' | 'nothing';

/** RFC 5321 §4.2.3: what these four say of a recipient is that it is not there. */
const NO_SUCH_ADDRESS = new Set([550, 551, 553, 555]);

/** RFC 3463: class, subject, detail. */
const STATUS = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/;

export function verdictOfRefusal({ refused, code, reply }: Refusal): Verdict {
  if (code === undefined || code < 500 || code === 503 || refused === 'session') return 'nothing';
  if (refused === 'message') return 'returned';
  const status = STATUS.exec(reply)?.[0];
  // Servers that say more than the three digits often say 550 for what is a policy of theirs.
  if (status !== undefined) return verdictOfStatus(status);
  return NO_SUCH_ADDRESS.has(code) ? 'gone' : 'returned';
}

/** Of a bounce: `5.1.1`. */
export function verdictOfStatus(status: string): Verdict {
  const [, kind, subject, detail] = STATUS.exec(status) ?? [];
  if (kind !== '5') return 'nothing';
  // 5.1.x: the address is wrong (x.1.7 and x.1.8 speak of the sender's); 5.2.1: the mailbox is closed.
  const isGone = (subject === '1' && detail !== '7' && detail !== '8') || (subject === '2' && detail === '1');
  return isGone ? 'gone' : 'returned';
}
