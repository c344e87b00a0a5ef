/** The one error class for failures that a user can understand and act on. */

export type ErrorKind =
  | 'not-found'
  | 'wrong-method'
  | 'forbidden'
  | 'signed-out'
  | 'conflict'
  | 'invalid'
  | 'upstream'
  | 'too-large'
  | 'wrong-type'
  | 'rate-limited';

export interface ErrorDetails {
  cause?: unknown;
  /** What a right input would look like, or where to go on: shown beside the message. */
  hint?: string;
  /** Of 'rate-limited': milliseconds after which it may be tried again. */
  retryAfterMs?: number;
}

/** `message` is shown to people as it stands, so it never carries secrets or internals. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly hint: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'AppError';
    this.kind = kind;
    this.hint = details.hint;
    this.retryAfterMs = details.retryAfterMs;
  }
}

export function notFound(what: string, details?: ErrorDetails): AppError {
  return new AppError('not-found', what, details);
}

export function invalid(message: string, hint?: string): AppError {
  return new AppError('invalid', message, hint === undefined ? {} : { hint });
}
