/** better-auth as we use it: links by mail, passkeys, one OIDC provider, on our tables, with our names; it is loaded when somebody signs in. */

import { APIError } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { passkey } from '@better-auth/passkey';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import type { GenericOAuthConfig } from 'better-auth/plugins/generic-oauth';
import { magicLink } from 'better-auth/plugins/magic-link';
import { hashSecret } from './access-token.ts';
import { authAdapter } from './auth-adapter.ts';
import type { AuthContext } from './accounts.ts';
import { makeId } from './add-user.ts';
import { mayRegister } from './registration.ts';
import { cookiePrefix, isSecure } from './session-cookie.ts';
import { SESSION_SECONDS } from './sessions.ts';

/** Where better-auth's own addresses stand; only those that `web` hands on can be reached. */
export const AUTH_PATH = '/auth';
/** A mail may be held up for some minutes (greylisting), and its reader may be at lunch. */
const LINK_SECONDS = 60 * 60;

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' };

export type Auth = ReturnType<typeof createAuth>;

/** Handed along with a link's request, because better-auth gives the token only to the function that would mail it. */
export interface LinkTaker {
  take(token: string): void;
}

/** `providers`: those of OIDC that could be reached; their absence changes nothing for the others. */
export function createAuth(context: AuthContext, providers: GenericOAuthConfig[] = []) {
  const { config, url, secret } = context;
  return betterAuth({
    appName: config.SITE_NAME,
    baseURL: url,
    basePath: AUTH_PATH,
    secret: secret(),
    database: authAdapter(context),
    telemetry: { enabled: false },
    // The site's own limits are kept in the database, where several processes share them.
    rateLimit: { enabled: false },
    logger: { log: (level, message, ...details) => context.log[level]({ details: details.map(String) }, message) },
    user: { modelName: 'users', fields: { name: 'full_name', emailVerified: 'email_verified', ...TIMES } },
    session: {
      modelName: 'sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...TIMES,
      },
      expiresIn: SESSION_SECONDS,
    },
    account: { modelName: 'provider_accounts', fields: PROVIDER_FIELDS, updateAccountOnSignIn: false },
    verification: { modelName: 'verifications', fields: { expiresAt: 'expires_at', ...TIMES } },
    advanced: {
      cookiePrefix: cookiePrefix(url),
      // `__Host-` is in the prefix; better-auth itself would write `__Secure-`.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecure(url), httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: makeId },
      // It would believe X-Forwarded-For, which anybody can write.
      ipAddress: { disableIpTracking: true },
    },
    // Asked once more when it is the account's turn (auth-adapter.ts); here better-auth takes the answer quietly.
    databaseHooks: {
      user: {
        create: {
          before: async (user) => (await mayRegister(context, user.email)) && undefined,
        },
      },
    },
    plugins: [
      magicLink({
        expiresIn: LINK_SECONDS,
        storeToken: { type: 'custom-hasher', hash: (token) => Promise.resolve(hashSecret(token)) },
        sendMagicLink: ({ token, metadata }) => (metadata as unknown as LinkTaker).take(token),
      }),
      passkeys(context),
      genericOAuth({ config: providers }),
    ],
  });
}

function passkeys({ config, url }: AuthContext) {
  return passkey({
    rpID: new URL(url).hostname,
    rpName: config.SITE_NAME,
    origin: new URL(url).origin,
    advanced: { webAuthnChallengeCookie: 'passkey' },
    schema: { passkey: { modelName: 'passkeys', fields: PASSKEY_FIELDS } },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      afterVerification: ({ verification }) => requireVerified(verification.registrationInfo?.userVerified),
    },
    authentication: {
      afterVerification: ({ verification }) => requireVerified(verification.authenticationInfo.userVerified),
    },
  });
}

/** A passkey is all that one signs in with, so its device has to have asked for a finger, a face or a PIN. */
function requireVerified(isVerified: boolean | undefined): void {
  if (isVerified !== true) throw new APIError('FORBIDDEN', { message: 'The device did not check who uses it.' });
}

const PASSKEY_FIELDS = {
  userId: 'user_id',
  publicKey: 'public_key',
  credentialID: 'credential_id',
  deviceType: 'device_type',
  backedUp: 'backed_up',
  createdAt: 'created_at',
};

const PROVIDER_FIELDS = {
  userId: 'user_id',
  providerId: 'provider_id',
  accountId: 'account_id',
  accessToken: 'access_token',
  refreshToken: 'refresh_token',
  idToken: 'id_token',
  accessTokenExpiresAt: 'access_token_expires_at',
  refreshTokenExpiresAt: 'refresh_token_expires_at',
  ...TIMES,
};
