/** What the search asks of whoever knows what papers are worth beside what they say. */

export interface Merits {
  /** How many people voted for them, by `papers.seq`; for those beyond its end nobody did. */
  votes: Uint16Array;
  /** `papers.seq` */
  withdrawn: ReadonlySet<number>;
}

/** Gives them as they are known; behind by some time. */
export type MeritSource = () => Promise<Merits>;

/** Nobody voted, and none is withdrawn. */
export const NO_MERITS: Merits = { votes: new Uint16Array(0), withdrawn: new Set() };
