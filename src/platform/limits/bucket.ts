/**
 * The rule of a rate limit: a bucket of `limit` tokens that refills evenly within `windowMs`. It is kept as one number,
 * the instant at which it will be full again (the generic cell rate algorithm, ITU-T I.371), so that one statement can
 * decide and count.
 */

export interface Limit {
  /** What is limited and for whom, such as `vote account 12`: the same text counts together. */
  key: string;
  /** How many at once, and how many in each window from then on. At least 1. */
  limit: number;
  windowMs: number;
  /** What is told to whom it refuses: what there was too much of, and how much there may be. */
  words?: string;
}

/**
 * A bucket is never fuller in the future than one window. One that says it will be by more than this was written by
 * a clock that was wrong (or under a limit that was longer, by the operator's doing): it is begun anew, or nobody could
 * do anything until then. Clocks of several machines differ by less.
 */
const CLOCK_SLACK_MS = 3_600_000;

export interface Bucket {
  /** Milliseconds in which one token comes back. Rounded up, so that no rounding lets more through. */
  interval: number;
  /** A token is left as long as the bucket is full no later than this. */
  latest: number;
  /** A bucket that is full later than this is not to be believed. */
  absurd: number;
}

export function bucketAt({ limit, windowMs }: Limit, now: number): Bucket {
  const interval = Math.max(1, Math.ceil(windowMs / limit));
  return { interval, latest: now + (limit - 1) * interval, absurd: now + limit * interval + CLOCK_SLACK_MS };
}

/** Milliseconds until the next token, at least 1. */
export function waitFor(bucket: Bucket, fullAt: number): number {
  return Math.max(1, fullAt - bucket.latest);
}
