/** An OpenID Connect provider on 127.0.0.1 that misbehaves on request: discovery, authorization, tokens, keys, user info. */

import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OidcServer extends AsyncDisposable {
  issuer: string;
  /** What is wrong with it, and who signs in. Change it between two sign-ins. */
  behaviour: Behaviour;
  /** How often each path was asked. */
  asked: Map<string, number>;
  close(): Promise<void>;
}

export interface Behaviour {
  claims: Record<string, unknown>;
  /** What the user-info endpoint says; the claims, if it is not set. */
  userInfo?: Record<string, unknown>;
  fault?:
    | 'wrong nonce'
    | 'wrong audience'
    | 'wrong issuer'
    | 'expired'
    | 'other key'
    | 'no id token'
    | 'refuses'
    | 'wrong description';
}

const CLIENT = { id: 'broadsheet', secret: 's3cret' };

export async function openOidcServer(claims: Record<string, unknown>): Promise<OidcServer> {
  const [key, otherKey] = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  if (key === undefined || otherKey === undefined) throw new Error('no keys');
  const behaviour: Behaviour = { claims };
  const asked = new Map<string, number>();
  const codes = new Map<string, { nonce: string | null; challenge: string | null; redirect: string }>();
  let issuer = '';

  const idToken = (nonce: string | null): string => {
    const now = Math.floor(Date.now() / 1000);
    const { fault } = behaviour;
    const payload = {
      iss: fault === 'wrong issuer' ? 'https://other.example' : issuer,
      aud: fault === 'wrong audience' ? 'somebody else' : CLIENT.id,
      iat: now - 10,
      exp: fault === 'expired' ? now - 3600 : now + 300,
      nonce: fault === 'wrong nonce' ? 'replayed' : nonce,
      ...behaviour.claims,
    };
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const text = `${encode({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${encode(payload)}`;
    const { privateKey } = fault === 'other key' ? otherKey : key;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  };

  const answers: Record<
    string,
    (request: IncomingMessage, url: URL, response: ServerResponse) => Promise<void> | void
  > = {
    '/.well-known/openid-configuration': (_request, _url, response) =>
      json(response, {
        issuer: behaviour.fault === 'wrong description' ? 'https://other.example' : issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      }),
    '/keys': (_request, _url, response) =>
      json(response, { keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }),
    '/authorize': (_request, { searchParams: query }, response) => {
      const back = new URL(query.get('redirect_uri') ?? '');
      back.searchParams.set('state', query.get('state') ?? '');
      if (behaviour.fault === 'refuses') back.searchParams.set('error', 'access_denied');
      else {
        const code = randomUUID();
        codes.set(code, {
          nonce: query.get('nonce'),
          challenge: query.get('code_challenge'),
          redirect: query.get('redirect_uri') ?? '',
        });
        back.searchParams.set('code', code);
      }
      response.writeHead(302, { Location: back.href }).end();
    },
    '/token': async (request, _url, response) => {
      const form = new URLSearchParams(await text(request));
      const known = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      const isRight =
        known?.challenge === challenge &&
        known.redirect === form.get('redirect_uri') &&
        form.get('client_id') === CLIENT.id &&
        form.get('client_secret') === CLIENT.secret;
      if (!isRight) return json(response, { error: 'invalid_grant' }, 400);
      const tokens = { access_token: 'access', token_type: 'Bearer', expires_in: 300 };
      json(response, behaviour.fault === 'no id token' ? tokens : { ...tokens, id_token: idToken(known.nonce) });
    },
    '/userinfo': (_request, _url, response) => json(response, behaviour.userInfo ?? behaviour.claims),
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    asked.set(url.pathname, (asked.get(url.pathname) ?? 0) + 1);
    const answer = answers[url.pathname];
    if (answer === undefined) response.writeHead(404).end();
    else
      void Promise.resolve(answer(request, url, response)).catch((error: unknown) =>
        response.writeHead(500).end(String(error)),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { issuer, behaviour, asked, close, [Symbol.asyncDispose]: close };
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function text(request: IncomingMessage): Promise<string> {
  let all = '';
  for await (const chunk of request) all += String(chunk);
  return all;
}

/** The settings that lead to it. */
export function oidcSettings({ issuer }: { issuer: string }): Record<string, string> {
  return { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret, OIDC_NAME: 'Lab login' };
}
