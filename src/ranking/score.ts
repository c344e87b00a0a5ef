/** The score that trending lists order by: what people did with a paper, against its age. Pure. */

export interface Signals {
  upvotes: number;
  comments: number;
  /** Days since it was published; not below 0. */
  age: number;
}

/** Writing a comment takes more than pressing a button. */
const COMMENT_WEIGHT = 2;
/** So that a paper nobody has looked at yet ranks by its age, and not below every other. */
const START = 1;
/** So that the first hours do not decide everything. */
const GRACE_DAYS = 2;
/** A month-old paper needs some thirty times the votes of one of today. */
const GRAVITY = 1.3;

/** Above 0; more votes or comments never lower it, age never raises it. */
export function trendingScore({ upvotes, comments, age }: Signals): number {
  return (START + upvotes + COMMENT_WEIGHT * comments) / (Math.max(0, age) + GRACE_DAYS) ** GRAVITY;
}
