/**
 * The rows of this folder's tables. Instants are epoch milliseconds, flags 0 or 1. Rows of subscribers are deleted when
 * somebody wants to be forgotten; what other folders keep of one refers to it with `on delete cascade`.
 */

import type { SuppressionReason } from './suppress.ts';

/** Somebody at a mail address, with or without an account. */
export interface SubscriberTable {
  /** 16 letters of base64url, random. */
  id: string;
  /** Lower case. */
  email: string;
  /** IANA name: `Europe/Berlin`. */
  time_zone: string;
  /** Random; part of what links that let somebody in are signed over. A new one ends all that were mailed before. */
  link_key: string;
  created_at: number;
  /**
   * When they said yes, the last time for this address: what is reported of mails of before says nothing of it. Null until
   * then, and nothing but the question is sent.
   */
  confirmed_at: number | null;
  /** The network from which they said yes, or null if it was not known. */
  confirmed_from: string | null;
  paused_until: number | null;
  /** When they ended everything. */
  ended_at: number | null;
}

export type SubscriptionKind = 'digest' | 'alert';
export type Frequency = 'daily' | 'weekly';

/** One list in the sense of List-Unsubscribe. */
export interface SubscriptionTable {
  /** 16 letters of base64url, random. */
  id: string;
  subscriber_id: string;
  kind: SubscriptionKind;
  /** JSON: `Topic[]` of `topics.ts`, at least one; an alert has exactly one search. */
  topics: string;
  frequency: Frequency;
  /** 1 is Monday, 7 Sunday; says something for weekly ones only. */
  weekday: number;
  /** 0 to 23 in the subscriber's time zone. */
  hour: number;
  /** Papers in one mail at most. */
  most: number;
  /** Whether papers that were sent before may come again. */
  repeats: number;
  /** Whether a mail comes although there is nothing new. */
  even_if_empty: number;
  created_at: number;
  ended_at: number | null;
  /** When the next mail is due; null while nothing is to be sent: unconfirmed, ended, suppressed. */
  next_at: number | null;
}

/** A link that confirms. */
export interface SubscriptionRequestTable {
  /** SHA-256 of the token in the link, base64url. */
  token_hash: string;
  subscriber_id: string;
  /** JSON: `Asked` of `asked.ts`. */
  asked: string;
  asked_at: number;
  expires_at: number;
  used_at: number | null;
}

/** A question for confirmation that is still to be mailed. It holds no secret: the link is made when it is sent. */
export interface SubscriptionMailTable {
  id: string;
  email: string;
  /** JSON: `Asked` of `asked.ts`. */
  asked: string;
  /** Where readers reach the site: `https://papers.example`. */
  origin: string;
  created_at: number;
  /** When it is to be tried (again). */
  due_at: number;
  attempts: number;
  last_error: string | null;
}

/** An address to which no digest, alert or question is sent. */
export interface SuppressedAddressTable {
  /** Lower case. */
  email: string;
  suppressed_at: number;
  reason: SuppressionReason;
  /** What the mail server said, for the operator. */
  detail: string;
}

export interface SubscriptionsTables {
  subscribers: SubscriberTable;
  subscriptions: SubscriptionTable;
  subscription_requests: SubscriptionRequestTable;
  subscription_mails: SubscriptionMailTable;
  suppressed_addresses: SuppressedAddressTable;
}
