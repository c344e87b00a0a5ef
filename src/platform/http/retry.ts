/** When to ask again after another server has failed to answer. */

/** Milliseconds to wait by a Retry-After header (seconds or HTTP date, RFC 9110 §10.2.3); undefined if there is none. */
export function retryAfter(header: string | null, now: number): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Without letters it is not a date but something that Date.parse would guess at.
  const date = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Milliseconds to wait after the `attempt`th try (from 1): at most `first`, doubled with each try, and spread so that
 * several installations do not knock together.
 */
export function backoff(attempt: number, first: number, random: () => number = Math.random): number {
  return Math.round(first * 2 ** (attempt - 1) * (0.5 + random() / 2));
}

/** Failures that pass. The others (offline, no such host, refused, a bad certificate) are much the same in a minute. */
const PASSING = /^(?:ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|UND_ERR_(?!CONNECT_TIMEOUT)\w+)$/;

export interface NetworkFailure {
  /** `ECONNRESET`, `ENOTFOUND`: what the system calls it, or the message. */
  reason: string;
  /** Whether it may well work at the next try. */
  passing: boolean;
}

/** What lies behind the "fetch failed" of fetch(). */
export function networkFailure(error: unknown): NetworkFailure {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  const { code } = cause ?? {};
  return {
    reason: code ?? cause?.message ?? (error instanceof Error ? error.message : String(error)),
    passing: code !== undefined && PASSING.test(code),
  };
}
