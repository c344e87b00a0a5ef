/** How often things about accounts may be done, and why not more often. */

import type { Limit } from '#platform/limits/bucket.ts';

const HOUR = 3_600_000;

/**
 * A reader asks once, and twice more when mail is slow. One network cannot mail the whole world; an office or a university
 * behind one address still gets in. What others ask in the name of an address is counted apart from what its owner asks,
 * or somebody could keep her from signing in.
 */
export function signInLimits(email: string, client: string): Limit[] {
  return [
    { key: `sign-in mail to ${email} from ${client}`, limit: 5, windowMs: HOUR },
    { key: `sign-in mail from ${client}`, limit: 30, windowMs: HOUR },
  ];
}

/** Nobody's mailbox is filled from here, however many networks ask. What is more is not sent, and nobody is told. */
export function mailboxLimit(mailbox: string): Limit {
  return { key: `sign-in mail to ${mailbox}`, limit: 20, windowMs: HOUR };
}

/** Each of these may mail somebody, or fill a table. */
export function settingsLimits(userId: string): Limit[] {
  return [{ key: `settings of ${userId}`, limit: 60, windowMs: HOUR }];
}

/** A new address, and an invitation, mail somebody who did not ask. */
export function mailLimits(userId: string): Limit[] {
  return [{ key: `mail by ${userId}`, limit: 20, windowMs: HOUR }];
}

/** Each attempt leaves a row for five minutes; people try a few times, programs thousands. */
export function passkeyLimits(client: string): Limit[] {
  return [{ key: `passkeys from ${client}`, limit: 100, windowMs: HOUR }];
}
