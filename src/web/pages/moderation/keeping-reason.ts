/** A decision that cannot be taken is told above the form, which keeps the reason that somebody has typed. */

import type { Context } from 'hono';
import { AppError } from '#platform/errors.ts';
import { STATUS } from '#platform/http/status.ts';
import { wantsJson } from '../../answer-type.ts';

/** Undefined where it was taken; otherwise `again`, with what is wrong. Programs are told as of any other problem. */
export async function keepingReason(
  c: Context,
  decide: () => Promise<void>,
  again: (problem: string) => Promise<Response>,
): Promise<Response | undefined> {
  try {
    await decide();
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError) || wantsJson(c)) throw error;
    c.status(STATUS[error.kind]);
    return await again(`${error.message} ${error.hint ?? ''}`.trim());
  }
}
