/** The rows of this folder's tables. */

/** How far a harvest has come; saved in the transaction of the papers it covers. */
export interface HarvestCursorTable {
  /** `oai:arXiv:cs`, `oai:arXivRaw:cs`, `listing:cs`. */
  name: string;
  /** Day from which the next harvest starts (of a listing: its day): the response date of the last complete one. */
  from_day: string | null;
  /** In the middle of a list: the token of its next page. */
  token: string | null;
  /** Epoch ms after which arXiv forgets the token. */
  token_expires_at: number | null;
  /** In the middle of a list: the day from which it was asked for; null for everything. */
  list_from: string | null;
  /** Response date (UTC day) of the first page of the list in progress: the next `from_day`. */
  list_started_on: string | null;
  /** Newest datestamp seen: where to start again when the token has expired. */
  last_datestamp: string | null;
  /** Of a listing: the tag of the last one that was read, so that the same is not sent again. */
  etag: string | null;
  updated_at: number;
}

/** One row per polite host group: when the next request may start. Shared by all processes. */
export interface RequestSlotTable {
  name: string;
  free_at: number;
}

/** When a paper's repository was last looked at, and when it is to be again. */
export interface StarCheckTable {
  paper_id: string;
  /** The paper's link that was looked at: with another one everything begins anew. */
  code_url: string;
  /** `/repos/owner/name`, or `/repositories/123` where it has moved. */
  api_path: string;
  etag: string | null;
  /** As of the last answer; null until there was one. */
  stars: number | null;
  checked_at: number;
  next_at: number;
  /** Consecutive ones. */
  failures: number;
  problem: string | null;
}

export interface SourcesTables {
  harvest_cursors: HarvestCursorTable;
  request_slots: RequestSlotTable;
  star_checks: StarCheckTable;
}
