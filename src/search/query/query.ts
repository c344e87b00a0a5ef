/** What a search asks for, after parsing. */

import type { Day } from '#platform/day.ts';

/** What a paper must have, or must not have where it stands in a `not`. */
export type Clause =
  | { kind: 'phrase'; text: string }
  | { kind: 'author'; name: string }
  /** `cs.LG`, or an archive (`cs`). */
  | { kind: 'category'; name: string }
  | { kind: 'organization'; name: string }
  /** First and last day, both included; left out where open. */
  | { kind: 'published'; from?: Day; to?: Day }
  | { kind: 'code' };

export type Part =
  /** Ranks, and is not required. */
  { kind: 'word'; text: string } | Clause | { kind: 'not'; part: { kind: 'word'; text: string } | Clause };

export type Sort = 'relevance' | 'new' | 'trending';

export interface Query {
  /** In the order in which they were typed. */
  parts: readonly Part[];
  sort: Sort;
}
