/** HTTP statuses of AppErrors. */

import type { ErrorKind } from '#platform/errors.ts';

export const STATUS = {
  invalid: 400,
  'signed-out': 401,
  forbidden: 403,
  'not-found': 404,
  'wrong-method': 405,
  conflict: 409,
  'too-large': 413,
  'wrong-type': 415,
  'rate-limited': 429,
  upstream: 502,
} as const satisfies Record<ErrorKind, number>;
