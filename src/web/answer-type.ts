/** In which form an answer is given: to browsers as pages and redirects, to programs as JSON. */

import type { Context } from 'hono';
import { bearerToken } from '#accounts/access-token.ts';
import { acceptedType } from '#platform/http/negotiation.ts';
import type { MediaType } from '#platform/http/negotiation.ts';

/** Whoever sends an access token is a program, and is told in JSON unless it asks for something else. */
export function answerType(c: Context): MediaType {
  const type = acceptedType(c.req.header('accept'));
  return type === 'any' && bearerToken(c.req.header('authorization')) !== undefined ? 'json' : type;
}

export function wantsJson(c: Context): boolean {
  return answerType(c) === 'json';
}

/** A form that was understood and is not taken (RFC 9110 §15.5.21): what is wrong with it, and what would be right. */
export const UNPROCESSABLE = 422;
