/** How a mail is called: the same however often it is sent, so that mailboxes show it once and bounces find it. */

import { createHash } from 'node:crypto';

/** 24 hexadecimal digits. */
export function mailIdOf(subscriptionId: string, edition: string): string {
  return createHash('sha256').update(`${subscriptionId} ${edition}`).digest('hex').slice(0, 24);
}

/** `<0123456789abcdef01234567@papers.example>` */
export function messageIdOf(mailId: string, url: string): string {
  return `<${mailId}@${new URL(url).hostname}>`;
}

const MAIL_ID = /^[0-9a-f]{24}$/;

/** The id of the mail that a Message-ID names, or undefined if it is not one of ours. */
export function mailIdIn(messageId: string): string | undefined {
  const [, local = ''] = /^\s*<?([^<>@\s]+)@[^<>@\s]+>?\s*$/.exec(messageId) ?? [];
  return MAIL_ID.test(local) ? local : undefined;
}

/** `bounces+0123456789abcdef01234567@papers.example`: what comes back says of which mail it is (VERP). */
export function returnAddress(bounceAddress: string, tag: string): string {
  const [local = '', domain = ''] = bounceAddress.split('@');
  return `${local}+${tag}@${domain}`;
}

/** The id of the mail that a bounce's own recipient names. */
export function mailIdOfReturn(address: string): string | undefined {
  const [, tag = ''] = /\+([0-9a-f]{24})@/.exec(address.toLowerCase()) ?? [];
  return MAIL_ID.test(tag) ? tag : undefined;
}
