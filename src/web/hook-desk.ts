/** What the pages about webhooks need of whoever keeps and sends them; the wiring hands it in. */

export interface Choice {
  name: string;
  label: string;
  about: string;
}

/** What a form says of a webhook, as it was typed. */
export interface TypedHook {
  url: string;
  format: string;
  events: string[];
  search: string;
  top: string;
}

export interface HookFacts {
  id: string;
  /** Whole for its owner, for others without what may be secret. */
  address: string;
  format: string;
  events: string[];
  search: string;
  top: number;
  /** Epoch ms. */
  createdAt: number;
  /** Of its owner, as in addresses; undefined for the site's own. */
  ownerName: string | undefined;
  isOwn: boolean;
  /** Epoch ms since when it is off, and why; null while it is on. */
  off: { at: number; reason: string; byOwner: boolean } | null;
  /** Deliveries in a row that failed. */
  failures: number;
  /** Epoch ms until which the secret before the last change signs too; null where none does. */
  oldSecretUntil: number | null;
}

export interface DeliveryFacts {
  id: string;
  eventId: string;
  kind: string;
  summary: string;
  state: 'waiting' | 'delivered' | 'failed';
  /** Epoch ms. */
  createdAt: number;
  attempts: number;
  /** Epoch ms; null before the first try. */
  triedAt: number | null;
  /** Epoch ms of the next try, of those that wait. */
  dueAt: number;
  status: number | null;
  problem: string | null;
  /** ms */
  took: number | null;
}

/** Who asks; admins see the webhooks of everybody. */
export interface HookOwner {
  id: string;
  role: 'reader' | 'moderator' | 'admin';
}

/** Methods with an `id` throw an AppError 'not-found' where there is none that the asker may see. */
export interface HookDesk {
  events: readonly Choice[];
  formats: readonly Choice[];
  /** Own ones first, oldest first. */
  list(asker: HookOwner): Promise<HookFacts[]>;
  /** `most`: how many somebody of this role can have. */
  most(asker: HookOwner): number;
  get(asker: HookOwner, id: string): Promise<HookFacts>;
  /** Newest first. */
  deliveries(id: string): Promise<DeliveryFacts[]>;
  /** A problem in words, or what was made; the secret cannot be had again. */
  add(asker: HookOwner, typed: TypedHook): Promise<{ problem: string } | { id: string; secret: string }>;
  /** A problem in words, or undefined. */
  change(asker: HookOwner, id: string, typed: TypedHook): Promise<string | undefined>;
  /** Sends a test and waits for what comes of it. */
  test(asker: HookOwner, id: string, signal: AbortSignal): Promise<void>;
  /** Sends a message of the log once more and waits for what comes of it. */
  again(asker: HookOwner, id: string, deliveryId: string, signal: AbortSignal): Promise<void>;
  /** The new secret. */
  rotate(asker: HookOwner, id: string): Promise<string>;
  pause(asker: HookOwner, id: string): Promise<void>;
  resume(asker: HookOwner, id: string): Promise<void>;
  remove(asker: HookOwner, id: string): Promise<void>;
  /** All that is kept of somebody's webhooks, but for the secrets. */
  ownData(userId: string): Promise<unknown>;
}
