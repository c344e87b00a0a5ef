/** What is offered while somebody types: papers by their titles, authors by their names. */

import type { PaperId } from '#papers/paper.ts';

export interface Suggestions {
  /** Best first. `title` is plain text. */
  papers: { id: PaperId; title: string }[];
  /** Those with most papers first. */
  authors: { slug: string; name: string; papers: number }[];
}
