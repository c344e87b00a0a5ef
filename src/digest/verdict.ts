/**
 * What it says of an address when mail to it is refused or comes back. The rule:
 *
 * - The server says that there is no such address (550, 551, 553 or 555 to the recipient, or a bounce with status 5.1.x
 *   or 5.2.1): nothing more is sent there, from the first time on.
 * - It refuses for good for another reason (552 or 5.2.2, the mailbox is full; 5.1.0; 5.7.x, a policy; any other 5xx):
 *   this mail is given up, and after the third such mail within 30 days nothing more is sent there.
 * - Anything else (4xx, a broken connection, what it has against us) says nothing of the address.
 *
 * Pure.
 */

import type { Refusal } from '#platform/mail/mail.ts';

/** `ours`: it has something against the sender or the site, whomever the mail is for. */
export type Verdict = 'gone' | 'returned' | 'ours' | 'nothing';

/** RFC 5321 §4.2.3: what these four say of a recipient is that it is not there. */
const NO_SUCH_ADDRESS = new Set([550, 551, 553, 555]);

/** RFC 3463: class, subject, detail. */
const STATUS = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/;
/** Of this recipient's address or mailbox, and of nothing else. */
const OF_ADDRESS = /\b5\.(?:1\.[1-6]|2\.\d+)\b/;
const OF_SENDER = /\b5\.1\.[78]\b/;
/** Postfix says at the recipient what it has against the sender, and so do others. */
const AGAINST_US =
  /\b(?:sender|relay(?:ing)?|helo|client host|spamhaus|spf|dkim|dmarc|reverse dns|rdns)\b|(?:black|block).?list/i;
const IN_WORDS = /no such|unknown|not exist|doesn.t exist|not found|mailbox (?:is )?full|over quota/i;

export function verdictOfRefusal(refusal: Refusal): Verdict {
  const { refused, code, reply } = refusal;
  if (code === undefined || code < 500 || code === 503 || refused === 'session') return 'nothing';
  const status = STATUS.exec(reply)?.[0];
  if (refused === 'recipient' && OF_ADDRESS.test(reply)) return verdictOfStatus(status ?? '');
  if (OF_SENDER.test(reply) || AGAINST_US.test(reply)) return 'ours';
  if (refused === 'message') return 'returned';
  // Servers that say more than the three digits often say 550 for what is a policy of theirs.
  if (status !== undefined) return verdictOfStatus(status);
  return NO_SUCH_ADDRESS.has(code) ? 'gone' : 'returned';
}

/**
 * Whether it speaks of the recipient in so many words. Other refusals may be meant for us: they count only once the
 * server has taken another mail.
 */
export function isOfAddress({ refused, reply }: Refusal): boolean {
  return refused === 'recipient' && (OF_ADDRESS.test(reply) || (!STATUS.test(reply) && IN_WORDS.test(reply)));
}

/** Of a bounce: `5.1.1`. */
export function verdictOfStatus(status: string): Exclude<Verdict, 'ours'> {
  const [, kind, subject, detail] = STATUS.exec(status) ?? [];
  if (kind !== '5' || OF_SENDER.test(status)) return 'nothing';
  // 5.1.x: the address is wrong (5.1.0 does not say whose); 5.2.1: the mailbox is closed.
  const isGone = (subject === '1' && detail !== '0') || (subject === '2' && detail === '1');
  return isGone ? 'gone' : 'returned';
}
