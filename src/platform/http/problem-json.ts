/** What went wrong, as programs are told. */

import type { Context } from 'hono';
import type { AppError } from '#platform/errors.ts';
import { STATUS } from './status.ts';

/** `{"error":…,"hint":…}` with the status of its kind. */
export function problemJson(c: Context, { kind, message, hint }: AppError): Response {
  // What is too large is not read to its end, so nothing more can be asked over this connection.
  if (kind === 'too-large') c.header('Connection', 'close');
  return c.json({ error: message, ...(hint === undefined ? {} : { hint }) }, STATUS[kind]);
}
