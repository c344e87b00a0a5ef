/** The rows of this folder's tables. Instants are epoch milliseconds, JSON is text. */

import type { DeliveryKind, HookFormat } from './hook.ts';

export interface HookTable {
  id: string;
  /** Null: the site's own. */
  owner_id: string | null;
  url: string;
  format: HookFormat;
  /** JSON: a list of `HookEvent`. */
  events: string;
  /** Empty where no search is followed. */
  search: string;
  top: number;
  /** In clear: what is sent is signed with it. */
  secret: string;
  old_secret: string | null;
  old_secret_until: number | null;
  created_at: number;
  /** What was there before is no news. */
  since: number;
  off_at: number | null;
  off_reason: string | null;
  failures: number;
  /** Up to which change of papers its search was asked; -1 before the first time. */
  searched_change: number;
}

/** What a hook was told of within 60 days: nothing of it is told twice. */
export interface HookToldTable {
  hook_id: string;
  kind: DeliveryKind;
  /** A paper's id, or the day of an edition. */
  subject: string;
  told_at: number;
}

export type DeliveryState = 'waiting' | 'delivered' | 'failed';

/** A message: first a row, then sent. Its text does not change any more, so each try sends the same. */
export interface HookDeliveryTable {
  id: string;
  hook_id: string;
  /** Unique with its hook; the `webhook-id` under which a receiver knows it again. */
  event_id: string;
  kind: DeliveryKind;
  /** A line about it for its owner. */
  summary: string;
  body: string;
  state: DeliveryState;
  created_at: number;
  /** When it is to be tried (again); while it is being sent, when others may take it up. */
  due_at: number;
  give_up_at: number;
  attempts: number;
  tried_at: number | null;
  /** HTTP status of the last answer; null where there was none. */
  status: number | null;
  /** What was wrong at the last try. */
  problem: string | null;
  /** Of the last try, in ms. */
  took: number | null;
}

export interface HooksTables {
  hooks: HookTable;
  hook_told: HookToldTable;
  hook_deliveries: HookDeliveryTable;
}
