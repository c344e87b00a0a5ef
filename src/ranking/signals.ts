/** What the trending formula looks at. */

export const MS_PER_DAY = 86_400_000;

/** Somebody's vote or comment. Of one person there may be several: they count once. */
export interface Deed {
  userId: string;
  kind: 'vote' | 'comment';
  /** Epoch ms. */
  at: number;
  /** How old the account was then, in ms. */
  accountAge: number;
}

/** How fast the paper's code gathers stars, as it was last read. */
export interface StarGain {
  /** Stars a day. */
  perDay: number;
  /** Epoch ms of the newest reading. */
  at: number;
}

export interface Signals {
  /** Epoch ms of the paper's publication. */
  publishedAt: number;
  deeds: readonly Deed[];
  /** Who put the paper into an edition: what they do themselves does not count. */
  submitterId?: string | undefined;
  stars?: StarGain | undefined;
}
