/** What the script for passkeys asks: a challenge, and whether its answer is right; better-auth judges. */

import type { Context } from 'hono';
import { passkeyLimits } from '#accounts/limits.ts';
import { listPasskeys, MOST_PASSKEYS } from '#accounts/passkey-store.ts';
import { requirePerson, requireWriter } from '#accounts/current-viewer.ts';
import { AppError, invalid } from '#platform/errors.ts';
import { clientOf } from '#platform/http/client-address.ts';
import { demand } from '#platform/limits/demand.ts';
import { browserName } from '../browser-name.ts';
import { safeNext } from '../next-path.ts';
import type { Site } from '../site.ts';
import { endFormerSession } from '../viewer.ts';
import { savedPath } from './settings/settings.tsx';

/** Asked with POST, although better-auth answers to GET: a challenge is for one browser, and changes the database. */
export async function registrationOptions(site: Site, c: Context): Promise<Response> {
  requirePerson(c, '/settings');
  const viewer = requireWriter(c);
  if ((await listPasskeys(site.db, viewer.id)).length >= MOST_PASSKEYS)
    throw invalid(`You have ${MOST_PASSKEYS} passkeys.`, 'Remove one that is not used any more.');
  await demand(site.db, passkeyLimits(clientOf(c)), site.clock.now());
  return await relay(c, await ask(site, c, 'generate-register-options'));
}

export async function registration(site: Site, c: Context): Promise<Response> {
  requirePerson(c, '/settings');
  requireWriter(c);
  const name = browserName(c.req.header('user-agent') ?? '');
  await ask(site, c, 'verify-registration', { response: await readJson(c), name });
  return c.json({ next: savedPath('passkey') });
}

export async function signInOptions(site: Site, c: Context): Promise<Response> {
  await demand(site.db, passkeyLimits(clientOf(c)), site.clock.now());
  return await relay(c, await ask(site, c, 'generate-authenticate-options'));
}

/** better-auth's answer holds the session, which is for the cookie alone. */
export async function signInWithPasskey(site: Site, c: Context): Promise<Response> {
  const answer = await ask(site, c, 'verify-authentication', { response: await readJson(c) });
  await endFormerSession(site, c);
  for (const cookie of answer.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true });
  return c.json({ next: safeNext(c.req.query('next')) });
}

async function ask(site: Site, c: Context, what: string, body?: object): Promise<Response> {
  const auth = await site.accounts.auth();
  const headers = new Headers({ Origin: new URL(site.url).origin, 'Content-Type': 'application/json' });
  for (const name of ['cookie', 'user-agent']) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await auth.handler(new Request(`${site.url}/auth/passkey/${what}`, init));
  if (answer.ok) return answer;
  const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
  site.log.info({ code, status: answer.status }, 'a passkey was refused');
  throw refusal(code);
}

function refusal(code: string | undefined): AppError {
  if (code === 'SESSION_NOT_FRESH')
    return new AppError(
      'forbidden',
      'You signed in more than a day ago. Sign out and in again, then make the passkey.',
    );
  return invalid('That passkey does not work here.', 'Try another one, or sign in by mail.');
}

async function relay(c: Context, answer: Response): Promise<Response> {
  for (const cookie of answer.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true });
  c.header('Cache-Control', 'no-store');
  return c.json(await answer.json());
}

async function readJson(c: Context): Promise<unknown> {
  return await c.req.json<unknown>().catch(() => {
    throw invalid('The answer of the device could not be read.', 'It is JSON, as the page of this site sends it.');
  });
}
