/** A short mark of a text, which a form carries along to say which text it was made of. */

import { createHash } from 'node:crypto';

/** Another text has another one. 16 characters for addresses and forms. */
export function markOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
