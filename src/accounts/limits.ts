/** How often things about accounts may be done, and why not more often. */

import type { Limit } from '#platform/limits/bucket.ts';
import type { Viewer } from './user.ts';

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
export function settingsLimits(person: Person): Limit[] {
  return bothOf(person, 'settings of', 60);
}

/** A new address, and an invitation, mail somebody who did not ask. */
export function mailLimits(person: Person): Limit[] {
  return bothOf(person, 'mail by', 20);
}

type Person = Pick<Viewer, 'id' | 'mailbox'>;

/** By the mailbox as well: whoever deletes an account and makes it anew does not begin anew. */
function bothOf({ id, mailbox = id }: Person, what: string, limit: number): Limit[] {
  return [`${what} ${id}`, `${what} mailbox ${mailbox}`].map((key) => ({ key, limit, windowMs: HOUR }));
}

/** Each attempt leaves a row for five minutes; people try a few times, programs thousands. */
export function passkeyLimits(client: string): Limit[] {
  return [{ key: `passkeys from ${client}`, limit: 100, windowMs: HOUR }];
}
