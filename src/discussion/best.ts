/** What the best comments are ordered by: people, not clicks. Pure, and told to readers in docs/discussion.md. */

export interface Echo {
  /** Distinct people who reacted, but for its author and those who are banned or have left. */
  reactors: number;
  /** Distinct people who answered, but for the same. */
  answerers: number;
}

/** Thousandths, so that it is a whole number in both databases. */
const SCALE = 1_000;

/**
 * One for each person who reacted, and the square root of those who answered. A reaction says “worth reading”. An answer
 * says “worth talking about”, but a quarrel draws answers without end, so the tenth counts for less than the first.
 * There is no bound like Wilson's, as that needs to know who saw a comment and said nothing, and nobody is watched here.
 */
export function bestScore({ reactors, answerers }: Echo): number {
  return Math.round(SCALE * (reactors + Math.sqrt(answerers)));
}
