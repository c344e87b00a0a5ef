/** The one read model of a paper in a list: what the site, feeds, mail and API present. */

import type { Paper } from '#papers/paper.ts';
import type { TrendingParts } from '#ranking/score.ts';

/** A person as a card names them. */
export interface Submitter {
  id: string;
  /** As in addresses: `ann-lee`. */
  name: string;
}

export interface Card {
  paper: Paper;
  /** Distinct people who voted here. */
  votes: number;
  /** Comments made here, never those of another site. */
  comments: number;
  /** Whether the reader for whom the card was made voted; false where it was made for nobody. */
  voted: boolean;
  /** Undefined for a paper that came in since the lists were last brought up to date. */
  trending?: Standing | undefined;
  /** Who put it into an edition; undefined where nobody did, or the account is gone. */
  submitter: Submitter | undefined;
  /** Of its repository, at the last look; undefined where there was none. */
  stars: number | undefined;
}

/** Where a paper stands in the trending lists. */
export interface Standing {
  /** Epoch ms: it stands where a paper without votes stands that is published then. */
  at: number;
  /** Undefined where nothing but its date counts. */
  parts: TrendingParts | undefined;
}
