/** Personal access tokens: what programs sign in with. */

import { createHash, randomBytes } from 'node:crypto';

export const scopes = ['read', 'write'] as const;
export type Scope = (typeof scopes)[number];

/** So that scanners for leaked secrets, and people, know it when they see it. */
const PREFIX = 'broadsheet_';

/** 256 bits; shown once, kept as a hash. */
export function makeAccessToken(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/** A plain hash will do: nobody guesses 256 random bits, however fast hashing is. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** The token of `Authorization: Bearer …`, if it looks like one of ours. */
export function bearerToken(authorization: string | undefined): string | undefined {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  return token !== undefined && token.startsWith(PREFIX) && token.length < 100 ? token : undefined;
}
