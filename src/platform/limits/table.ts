/** One row per thing that somebody did lately, as long as it still counts. */

export interface RateLimitTable {
  /** A hash: what is counted (addresses of readers, for instance) does not lie about in the database. */
  key: string;
  /** Epoch ms at which nothing of it counts any more. */
  full_at: number;
}

export interface LimitsTables {
  rate_limits: RateLimitTable;
}
