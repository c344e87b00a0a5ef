/** One GET to arXiv: in turn, with limits, retried where that makes sense. */

import type { SourceContext } from '../context.ts';
import { AppError } from '#platform/errors.ts';
import { readBody } from '#platform/http/read-body.ts';
import { backoff, networkFailure, retryAfter } from '#platform/http/retry.ts';
import { LONGEST_PAUSE_MS, PATIENCE_MS, pausedUntil, takeTurn } from './turn.ts';
import type { Turn } from './turn.ts';
import { userAgent } from './user-agent.ts';

export interface Limits {
  /** From the first byte sent to the last one received. A full OAI page takes arXiv up to half a minute. */
  milliseconds: number;
  /** 2 500 records of the largest collaborations are some 30 MB. */
  bytes: number;
  redirects: number;
  tries: number;
}

export const LIMITS: Limits = { milliseconds: 120_000, bytes: 64_000_000, redirects: 5, tries: 6 };
/** Tries where the failure is likely to last: offline, more of them only delay the news. */
const TRIES_IN_VAIN = 2;
/** Doubles with each try. With six tries a request is given up after some five minutes. */
const FIRST_BACKOFF_MS = 10_000;

export interface GetOptions {
  signal?: AbortSignal | undefined;
  /** Answer with status 304 if the document still has this tag. */
  etag?: string | null;
  limits?: Partial<Limits>;
}

export interface Answer {
  /** After redirects. */
  url: string;
  /** 2xx, 304 or 4xx other than 429; everything else was retried and is an error. */
  status: number;
  headers: Headers;
  body: Uint8Array;
}

interface Failure {
  reason: string;
  /** After how many tries to give up. */
  tries: number;
  /** Everybody waits, because arXiv asked for it. */
  pause?: number;
}

/** Rejects with an AppError that names the URL, or with the signal's reason. */
export async function arxivGet(context: SourceContext, url: string, options: GetOptions = {}): Promise<Answer> {
  const { clock, log } = context;
  const limits = { ...LIMITS, ...options.limits };
  let redirects = 0;
  for (let attempt = 1, target = url; ; attempt += 1) {
    const outcome = await tryOnce(context, target, options, limits, attempt);
    if ('status' in outcome) {
      const next = redirectTarget(outcome);
      if (next === undefined) return outcome;
      if (++redirects > limits.redirects) throw failed(url, `it redirects more than ${limits.redirects} times`);
      target = next;
      attempt -= 1;
      continue;
    }
    if (outcome.pause !== undefined && outcome.pause > PATIENCE_MS)
      throw pausedUntil(clock.now() + Math.min(outcome.pause, LONGEST_PAUSE_MS));
    if (attempt >= outcome.tries)
      throw failed(url, `${outcome.reason}${attempt > 1 ? `, after ${attempt} tries` : ''}`);
    log.debug({ url: target, reason: outcome.reason, attempt }, 'arXiv did not answer; trying again');
    if (outcome.pause === undefined) await clock.sleep(backoff(attempt, FIRST_BACKOFF_MS), options.signal);
  }
}

async function tryOnce(
  context: SourceContext,
  url: string,
  options: GetOptions,
  limits: Limits,
  attempt: number,
): Promise<Answer | Failure> {
  await using turn = await takeTurn(context, options.signal);
  try {
    const answer = await send(context, url, options, limits);
    return refusal(context, answer, turn, limits, attempt) ?? answer;
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    if ((error as Error).name === 'TimeoutError') {
      return { reason: `no complete answer within ${limits.milliseconds / 1000} s`, tries: limits.tries };
    }
    const { reason, passing } = networkFailure(error);
    return {
      reason: `connection failed (${reason})`,
      tries: passing ? limits.tries : Math.min(limits.tries, TRIES_IN_VAIN),
    };
  }
}

async function send(
  context: SourceContext,
  url: string,
  { signal, etag }: GetOptions,
  limits: Limits,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(limits.milliseconds);
  const response = await context.fetch(url, {
    redirect: 'manual', // each hop is a request of its own, in its own turn
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    headers: { 'user-agent': userAgent(context.config), ...(etag ? { 'if-none-match': etag } : {}) },
  });
  return { url, status: response.status, headers: response.headers, body: await readBody(response, limits.bytes, url) };
}

/** A status that is worth another try. */
function refusal(
  { clock }: SourceContext,
  { status, headers }: Answer,
  turn: Turn,
  limits: Limits,
  attempt: number,
): Failure | undefined {
  if (status === 429 || status === 503) {
    const now = clock.now();
    const pause = retryAfter(headers.get('retry-after'), now) ?? backoff(attempt, FIRST_BACKOFF_MS);
    turn.pauseUntil(now + pause);
    return { reason: `it answered ${status}`, tries: limits.tries, pause };
  }
  return status >= 500 ? { reason: `it answered ${status}`, tries: limits.tries } : undefined;
}

/** Where the answer sends us; undefined if it is the answer itself. */
function redirectTarget({ status, headers, url }: Answer): string | undefined {
  if (status < 300 || status >= 400 || status === 304) return undefined;
  const location = headers.get('location') ?? '';
  const target = URL.canParse(location, url) ? new URL(location, url) : undefined;
  if (!target || !/^https?:$/.test(target.protocol)) throw failed(url, `it redirects to "${location}"`);
  return target.href;
}

export function failed(url: string, reason: string, cause?: unknown): AppError {
  return new AppError('upstream', `Cannot read ${url}: ${reason}.`, cause === undefined ? {} : { cause });
}
