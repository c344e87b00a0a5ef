/** What makes vectors of texts: the shipped model, or one that the operator prefers. */

import type { DueText, ReadPapers } from './read-papers.ts';

/** What is to be encoded: a question, or a paper. */
export type Embeddable = string | { title: string; abstract: string };

export interface Embedder {
  /** Changes whenever its vectors do; vectors of two names are never compared. */
  name: string;
  /** Papers that are encoded and kept together, where fewer are better than by default: what a stop loses. */
  batch?: number;
  /**
   * Vectors of unit length in the order of `texts`, all of the same dimension; all zeros for a text of which the model
   * knows nothing. Throws an `AppError` of kind `upstream` if a remote model does not answer.
   */
  encode(texts: readonly Embeddable[], signal?: AbortSignal): Promise<Float32Array[]>;
  /**
   * Reads papers for the search, words and vectors at once; only what is at hand does. Papers of several calls are
   * read in the order of the calls.
   */
  readPapers?(papers: readonly DueText[]): Promise<ReadPapers>;
}
