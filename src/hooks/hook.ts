/** What a webhook is: whom it tells of what, in which shape, and the rules that bound it. Pure. */

import { createHash } from 'node:crypto';
import type { Role } from '#accounts/user.ts';

/** What a hook can be told of; the keys are the `type` of our JSON. */
export const hookEvents = {
  'paper.trending': {
    label: 'New trending paper',
    about: 'a paper comes among the first of the trending list, lifted there by votes, comments or stars',
  },
  'search.match': { label: 'New match', about: 'new papers have all the words of a search' },
  'edition.daily': { label: 'Daily edition', about: 'the day has ended: its most upvoted papers' },
} as const;

export type HookEvent = keyof typeof hookEvents;
/** `test` is sent when its owner asks for it, and never by itself. */
export type DeliveryKind = HookEvent | 'test';

export const hookFormats = {
  json: { label: 'JSON', about: 'for programs; documented in docs/webhooks.md' },
  slack: { label: 'Slack', about: 'for an incoming webhook of Slack, Mattermost or Rocket.Chat' },
  discord: { label: 'Discord', about: 'for a webhook of Discord' },
} as const;

export type HookFormat = keyof typeof hookFormats;

export interface Hook {
  /** 24 hexadecimal digits. */
  id: string;
  /** Null: made on the command line, the site's own. */
  ownerId: string | null;
  url: string;
  format: HookFormat;
  events: HookEvent[];
  /** As it is typed into the search box; empty where no search is followed. */
  search: string;
  /** How many of the first papers count as trending, and stand in a daily edition. */
  top: number;
  secret: string;
  /** The secret before it was changed, and until when it still signs. */
  oldSecret: string | null;
  oldSecretUntil: number | null;
  createdAt: number;
  /** Epoch ms; what was there before is no news to it. */
  since: number;
  /** Since when it is switched off; null while it is on. */
  offAt: number | null;
  /** `paused` by its owner, or why the program did it. */
  offReason: string | null;
  /** Deliveries in a row that were given up. */
  failures: number;
}

export const TOP = { least: 1, usual: 10, most: 50 };

/**
 * A hook makes this server work and send for somebody, so a person has a handful: two chats and a program or three. An
 * admin sets hooks up for the whole lab. Those made on the command line are the operator's own affair.
 */
export function mostHooks(role: Role): number {
  return role === 'admin' ? 30 : 5;
}

/** A receiver that is down for a day gets it all the same; what is older is no news. */
export const GIVE_UP_MS = 24 * 3_600_000;
/** So many deliveries in a row that were given up, and nobody is listening there any more. */
export const OFF_AFTER = 5;
/** After a change of the secret receivers have a day to learn the new one. */
export const OLD_SECRET_MS = 24 * 3_600_000;
/** Messages that are over and are kept for their owner to look at, of each hook. */
export const LOG = { keep: 100, days: 30 };
/** What a hook was told of is remembered for so long; a paper that trends again after that is news again. */
export const TOLD_MS = 60 * 24 * 3_600_000;
export const PAUSED = 'paused';

/** The same news to the same hook has the same id, however often it is sent. Without dots: they part what is signed. */
export function eventId(hookId: string, kind: DeliveryKind, key: string): string {
  const digest = createHash('sha256').update(`${hookId}\n${kind}\n${key}`).digest('hex');
  return `msg_${digest.slice(0, 32)}`;
}

/** An address as others may see it, and logs: those of chats are as good as a password. */
export function maskedUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return pathname === '/' ? origin : `${origin}/…`;
}
