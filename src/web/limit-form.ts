/** How much a form may send, so that nobody fills the memory with it. */

import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AppError } from '#platform/errors.ts';

/**
 * The longest form of the site: three texts of ten thousand characters, in an alphabet whose letters a form sends as nine
 * each. A comment three times too long is told by how much.
 */
export const MOST_FORM_BYTES = 300_000;

/** `hint`: what would be enough. */
export function limitForm(bytes: number, hint: string): MiddlewareHandler {
  return bodyLimit({
    maxSize: bytes,
    onError() {
      throw new AppError('too-large', 'That is more than this form can take.', { hint });
    },
  });
}
