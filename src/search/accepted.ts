/** Which papers a search may find: 1 at the place of their `papers.seq`, anything else (or nothing) for all others. */
export type Accepted = Uint8Array;
