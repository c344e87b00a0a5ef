/**
 * The constants of the trending formula, each with its reason. `/about/ranking` prints them from here, and
 * `npm run eval:trending -- --fit` shows what other values would do to the order.
 */

export interface Formula {
  /** Days after which a vote weighs half of a vote cast now. */
  halfLife: number;
  /** What being published weighs, in votes. */
  start: number;
  /** What somebody weighs who comments and does not vote, in votes. */
  comment: number;
  /** Days after which an account is an established one. */
  establishedAfter: number;
  /** What an account weighs that was made at the moment of the vote, in votes. */
  newcomer: number;
  /** Votes for each e-fold of the stars that the paper's code gains in a day. */
  stars: number;
}

export const FORMULA: Formula = {
  // Half of all votes that a paper ever gets come within its first 17 hours (median of 1 628 papers that were read then
  // and months later); rounded up to the day in which an edition is read. So ten times the votes make up for 3.3 days.
  halfLife: 1,
  // One vote: a paper nobody has looked at yet ranks by its age, and the first vote is worth a day.
  start: 1,
  // Half a vote: of ½, 1 and 2 the one with the best order on the days kept for choosing. Who argues about a paper shows
  // interest in it, not approval. Somebody who votes and comments counts once, as a voter.
  comment: 0.5,
  // A week has seen a weekend and a week of editions; those who make accounts to push one paper rarely wait that long.
  establishedAfter: 7,
  // Not nothing, so that votes make an order in a community that is a day old, too.
  newcomer: 0.1,
  // Low, because stars predicted little: what helped at the top of the days cost order below it. A hundred stars a day
  // weigh as much as 1.2 votes.
  stars: 0.25,
};
