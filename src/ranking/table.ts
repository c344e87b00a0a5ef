/** The rows of this folder's tables. Instants are epoch milliseconds. */

/** Derived: where a paper stands in the trending lists. */
export interface TrendingTable {
  /** `papers.seq` */
  seq: number;
  /** The day under which it stands here: for which it was submitted, or on which it was announced, or published. */
  day: string;
  /** The score as an instant: it stands where a paper without votes stands that is published then. */
  stands_at: number;
  /** As in its tally; all people, for the list of the most upvoted. */
  upvotes: number;
  comments: number;
  /** `paper_tallies.changed_at` of what was counted; 0 if nobody did anything. */
  signals_at: number;
  /** JSON of `TrendingParts`; empty where nothing but its date counts. */
  parts: string;
}

/** Up to where something that scores are made of was taken into account. */
export interface TrendingWatermarkTable {
  name: string;
  value: number;
}

export interface RankingTables {
  trending: TrendingTable;
  trending_watermarks: TrendingWatermarkTable;
}
