/** What follows from an answer, or from none. Pure. */

import { retryAfter } from '#platform/http/retry.ts';
import type { Received } from '#platform/http/post-outside.ts';
import type { DeliveryKind } from './hook.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** After the first try, the second, …: soon for a hiccup, seldom for an outage; ten tries in a little less than a day. */
const WAITS = [30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 8 * HOUR];

export type Verdict =
  | { kind: 'delivered' }
  /** `at`: epoch ms of the next try. */
  | { kind: 'again'; at: number; problem: string }
  | { kind: 'failed'; problem: string }
  /** The receiver wants nothing any more. */
  | { kind: 'gone'; problem: string };

export interface Tried {
  kind: DeliveryKind;
  /** Tries, this one included. */
  attempts: number;
  giveUpAt: number;
  now: number;
  /** From 0 to 1: spreads the tries, so that what failed together does not come back together. */
  random: number;
}

/** Overloaded or slow, not refusing: the same request may well be taken later (RFC 9110 §15, RFC 6585, RFC 8470). */
const PASSING = new Set([408, 425, 429]);

export function judgeAnswer(tried: Tried, { status, retryAfter: header, location, said }: Received): Verdict {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const words = said === '' ? '' : `: ${said}`;
  if (status === 410) return { kind: 'gone', problem: `answered 410 Gone${words}` };
  if (status >= 300 && status < 400) {
    const where = location === undefined ? '' : ' to another address; redirects are not followed, so give that one';
    return { kind: 'failed', problem: `answered ${status}, a redirect${where}` };
  }
  const problem = `answered ${status}${words}`;
  if (status < 500 && !PASSING.has(status)) return { kind: 'failed', problem };
  return later(tried, problem, retryAfter(header, tried.now));
}

/** Timeouts, dropped connections, names that are not known now. */
export function judgeSilence(tried: Tried, problem: string): Verdict {
  return later(tried, problem);
}

/** `asked`: for how long the receiver wants to be left alone. */
function later({ kind, attempts, giveUpAt, now, random }: Tried, problem: string, asked = 0): Verdict {
  // Whoever asked for a test looks at what came of it.
  if (kind === 'test') return { kind: 'failed', problem };
  const wait = WAITS[attempts - 1];
  if (wait === undefined) return { kind: 'failed', problem };
  const at = now + Math.max(Math.round(wait * (0.75 + random / 4)), asked);
  return at >= giveUpAt ? { kind: 'failed', problem } : { kind: 'again', at, problem };
}
