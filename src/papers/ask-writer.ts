/** Who writes, as accounts know it: this folder does not know people, so whoever calls a use case hands the question in. */

import type { Trx } from '#schema.ts';

export interface Writer {
  id: string;
  /** May do more: links of every paper, papers of any age. */
  isModerator: boolean;
  /** Other accounts of the same person, which ended lately: what these submitted today counts as theirs. */
  formerIds?: readonly string[];
}

/** Asked in the transaction that writes, once it has its turn. Throws an AppError if they may write no more. */
export type AskWriter = (trx: Trx) => Promise<Writer>;
