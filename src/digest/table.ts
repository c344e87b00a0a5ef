/** The rows of this folder's tables. Instants are epoch milliseconds. */

/**
 * `waiting`: to be sent at `due_at`. `sent`: a server has taken it over. `failed`: it was refused for good or tried for
 * too long. `skipped`: nothing new, or no longer wanted when its turn came.
 */
export type MailState = 'waiting' | 'sent' | 'failed' | 'skipped';

/** The outbox: one mail for each subscription and edition, written down before anything is sent. */
export interface DigestMailTable {
  /** 24 hexadecimal digits, made of subscription and edition: the mail's Message-ID is made of it. */
  id: string;
  subscription_id: string;
  subscriber_id: string;
  /** `2026-01-06`, or the week `2026-W02`. */
  edition: string;
  state: MailState;
  /** JSON: `Contents` of `contents.ts`; settled when the row is written. */
  papers: string;
  created_at: number;
  /** When it is to be tried (again), or until when a process holds it; null unless it waits. */
  due_at: number | null;
  attempts: number;
  /** Ends of it that were sent and never answered: as many copies may have arrived, or none. */
  unanswered: number;
  last_error: string | null;
  sent_at: number | null;
}

/** Mails to an address that came back without saying that there is no such address. */
export interface MailBounceTable {
  /** Lower case. */
  email: string;
  /** JSON: ids of the mails, the newest last. */
  mails: string;
  last_at: number;
  /** What was said last. */
  detail: string;
}

/** What a language model made of an abstract; our own gists are made when they are needed. */
export interface GistTable {
  paper_id: string;
  /** The model's name. */
  source: string;
  /** Of the title and abstract that it read. */
  abstract_hash: string;
  /** Null where what it said could not be used; it is not asked again. */
  text: string | null;
  created_at: number;
}

export interface DigestTables {
  digest_mails: DigestMailTable;
  mail_bounces: MailBounceTable;
  gists: GistTable;
}
