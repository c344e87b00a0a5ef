/** How much of a ranking is done before whoever waits gets their turn. */

export interface Steps {
  /** Papers read and rows written at once. */
  papers: number;
  /** Votes and comments read at once; a paper that has more is alone. */
  signals: number;
}

/** For a process that answers readers: some 5 ms on SQLite each. */
export const SMALL_STEPS: Steps = { papers: 400, signals: 8_000 };
/** For a thread that answers nobody: others who write wait for some 30 ms on SQLite. Larger ones are hardly faster. */
export const LARGE_STEPS: Steps = { papers: 2_000, signals: 100_000 };
