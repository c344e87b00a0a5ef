/** The one read model of a paper in a list: what the site, feeds, mail and API present. */

import type { Paper } from '#papers/paper.ts';

export interface Card {
  paper: Paper;
  /** Distinct people who voted here. */
  votes: number;
  /** Comments made here, never those of another site. */
  comments: number;
  /** Whether the reader for whom the card was made voted; false where it was made for nobody. */
  voted: boolean;
}
