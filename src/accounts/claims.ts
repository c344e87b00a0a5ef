/** What a provider says of a person: who it is, and a mail address that it has confirmed. */

import { isRecord } from '#platform/is-record.ts';
import type { Accounts } from './accounts.ts';
import { parseEmail } from './user.ts';

const PATIENCE_MS = 8_000;

interface Tokens {
  /** Its signature, issuer, audience and nonce were verified before. */
  idToken?: string | undefined;
  accessToken?: string | undefined;
}

type Claims = {
  sub: string;
  email: string;
  emailVerified: true;
  name: string;
};

/**
 * Null if there is no ID token, or no confirmed address: whoever could sign in with an address that is not theirs would
 * get the account of its owner. Some providers tell the address only when asked for it; what they tell has to be about
 * the same person (OpenID Connect Core 1.0 §5.3.2).
 */
export async function readClaims(accounts: Accounts, tokens: Tokens, userInfoUrl?: string): Promise<Claims | null> {
  if (tokens.idToken === undefined) return null;
  let claims = payloadOf(tokens.idToken);
  if (claims['email'] === undefined && userInfoUrl !== undefined) {
    const told = await ask(accounts, userInfoUrl, tokens.accessToken ?? '');
    if (told['sub'] !== claims['sub']) return null;
    claims = { ...told, ...claims };
  }
  const { sub, email, email_verified: isVerified, name } = claims;
  if (typeof sub !== 'string' || sub === '' || typeof email !== 'string') return null;
  // Some send the word for the value.
  if (isVerified !== true && isVerified !== 'true') {
    accounts.log.warn('the provider did not confirm the mail address of somebody who wanted to sign in');
    return null;
  }
  const address = parseEmail(email);
  if (address === undefined) {
    accounts.log.warn('the provider named a mail address that cannot be one here');
    return null;
  }
  return { sub, email: address, emailVerified: true, name: typeof name === 'string' ? name : '' };
}

function payloadOf(token: string): Record<string, unknown> {
  const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return isRecord(payload) ? payload : {};
}

async function ask(accounts: Accounts, url: string, accessToken: string): Promise<Record<string, unknown>> {
  const headers = { Authorization: `Bearer ${accessToken}` };
  const response = await accounts.fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
  const told: unknown = response.ok ? await response.json() : {};
  return isRecord(told) ? told : {};
}
