/** Tells a program when it may come back. */

import type { Context } from 'hono';
import type { AppError } from '#platform/errors.ts';

/** Whole seconds, rounded up: a program that comes back exactly then is let in (RFC 9110 §10.2.3). */
export function tellWhenAgain(c: Context, problem: Pick<AppError, 'retryAfterMs'> | undefined): void {
  if (problem?.retryAfterMs === undefined) return;
  c.header('Retry-After', String(Math.ceil(problem.retryAfterMs / 1000)));
}
