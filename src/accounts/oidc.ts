/** Signing in at an OpenID Connect provider: there, and back. */

import { readClaims } from './claims.ts';
import { isRecord } from '#platform/is-record.ts';
import type { Accounts } from './accounts.ts';
import type { Auth } from './auth.ts';
import type { NewSession } from './sign-in-link.ts';
import { sessionCookieName } from './session-cookie.ts';
import { AppError } from '#platform/errors.ts';

const PROVIDER = 'oidc';
export const OIDC_CALLBACK_PATH = `/auth/callback/${PROVIDER}`;
/** Where better-auth leads to in the end; it wants an address without what ours may have in it. */
export const OIDC_DONE_PATH = '/sign-in/done';
const OIDC_FAILED_PATH = '/sign-in/failed';
/** A provider that takes longer is as good as down; mail still works. */
const PATIENCE_MS = 8_000;

export function providerName({ OIDC_NAME: name, OIDC_ISSUER: issuer }: Accounts['config']): string {
  return name || new URL(issuer).host;
}

/** Those that work, by their context: made when the provider first answers, and not as long as it does not. */
const made = new WeakMap<Accounts, Promise<Auth>>();

/** Throws an AppError if the provider cannot be reached, or is not the one that was configured. */
async function authWithProvider(accounts: Accounts): Promise<Auth> {
  const known = made.get(accounts);
  if (known !== undefined) return await known;
  const making = make(accounts);
  made.set(accounts, making);
  making.catch(() => made.delete(accounts));
  return await making;
}

async function make(accounts: Accounts): Promise<Auth> {
  const { config } = accounts;
  const discoveryUrl = `${config.OIDC_ISSUER.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const found = await discover(accounts, discoveryUrl);
  const { createAuth } = await import('./auth.ts');
  const auth = createAuth(accounts, [
    {
      providerId: PROVIDER,
      name: providerName(config),
      discoveryUrl,
      requireIdTokenVerification: true,
      clientId: config.OIDC_CLIENT_ID,
      ...(config.OIDC_CLIENT_SECRET === '' ? {} : { clientSecret: config.OIDC_CLIENT_SECRET }),
      scopes: ['openid', 'email', 'profile'],
      getUserInfo: async (tokens) => await readClaims(accounts, tokens, found.userinfo_endpoint),
    },
  ]);
  if ((await auth.$context).socialProviders.length === 0)
    throw unreachable(accounts, 'its description names no endpoints or no keys');
  return auth;
}

interface Discovered {
  userinfo_endpoint: string | undefined;
}

async function discover(accounts: Accounts, url: string): Promise<Discovered> {
  let found: unknown;
  try {
    const response = await accounts.fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    found = await response.json();
  } catch (cause) {
    throw unreachable(accounts, (cause as Error).message, cause);
  }
  if (!isRecord(found)) throw unreachable(accounts, 'its description is no object');
  const { issuer, userinfo_endpoint: userInfo } = found;
  const bare = (text: unknown) => String(text).replace(/\/+$/, '');
  // OpenID Connect Discovery 1.0 §4.3: otherwise one provider could speak for another.
  if (bare(issuer) !== bare(accounts.config.OIDC_ISSUER))
    throw unreachable(accounts, `it calls itself ${String(issuer)}`);
  return { userinfo_endpoint: typeof userInfo === 'string' ? userInfo : undefined };
}

function unreachable(accounts: Accounts, reason: string, cause?: unknown): AppError {
  const name = providerName(accounts.config);
  accounts.log.error(`signing in with ${name} does not work: ${reason}`);
  return new AppError('upstream', `${name} cannot be reached at the moment.`, {
    cause,
    hint: 'Try again shortly, or sign in by mail.',
  });
}

export interface Departure {
  /** Of the provider. */
  url: string;
  /** Values of Set-Cookie. */
  cookies: string[];
}

export async function leaveForProvider(accounts: Accounts, next: string): Promise<Departure> {
  const auth = await authWithProvider(accounts);
  const { headers, response } = await auth.api.signInSocial({
    body: {
      provider: PROVIDER,
      disableRedirect: true,
      callbackURL: `${OIDC_DONE_PATH}?${new URLSearchParams({ next }).toString()}`,
      errorCallbackURL: OIDC_FAILED_PATH,
    },
    headers: new Headers({ Origin: accounts.url }),
    returnHeaders: true,
  });
  return { url: response.url ?? '/sign-in', cookies: headers.getSetCookie() };
}

export interface Arrival extends Omit<NewSession, 'userId'> {
  next: string;
}

/** Undefined if the provider, or what it says, cannot be trusted, or its person may not have an account here. */
export async function arriveFromProvider(
  accounts: Accounts,
  { search, headers }: { search: string; headers: Headers },
): Promise<Arrival | undefined> {
  const { url, log } = accounts;
  const auth = await authWithProvider(accounts);
  const response = await auth.handler(new Request(`${url}${OIDC_CALLBACK_PATH}${search}`, { headers }));
  const location = new URL(response.headers.get('location') ?? '/', url);
  const cookies = response.headers.getSetCookie();
  const isIn = cookies.some((cookie) => cookie.startsWith(`${sessionCookieName(url)}=`));
  if (isIn && location.pathname === OIDC_DONE_PATH) return { next: location.searchParams.get('next') ?? '/', cookies };
  const reason = location.searchParams.get('error') ?? `status ${response.status}`;
  log.warn({ reason }, `somebody could not sign in with ${providerName(accounts.config)}`);
  return undefined;
}
