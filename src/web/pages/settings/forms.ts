/** What the forms of `/settings` do. */

import type { Context } from 'hono';
import { askerOf, requirePerson, requireWriter } from '#accounts/current-viewer.ts';
import { scopes } from '#accounts/access-token.ts';
import { mailLimits, settingsLimits } from '#accounts/limits.ts';
import { changeNames } from '#accounts/change-names.ts';
import { requestEmailChange } from '#accounts/change-email.ts';
import { isAllowedDomain } from '#accounts/registration.ts';
import { removePasskey } from '#accounts/passkey-store.ts';
import { endSession, endSessions } from '#accounts/sessions.ts';
import { createToken, MOST_TOKENS, revokeToken } from '#accounts/token-store.ts';
import { EMAIL_HINT, parseEmail, parseFullName, problemOfFullName, problemOfName } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { AppError } from '#platform/errors.ts';
import { demand } from '#platform/limits/demand.ts';
import { readForm } from '../../form.ts';
import type { Site } from '../../site.ts';
import { savedPath, settingsPage } from './settings.tsx';

const SETTINGS = '/settings';

async function writer(site: Site, c: Context): Promise<Viewer> {
  requirePerson(c, SETTINGS);
  const viewer = requireWriter(c, SETTINGS);
  await demand(site.db, settingsLimits(viewer), site.clock.now());
  return viewer;
}

export async function profileForm(site: Site, c: Context): Promise<Response> {
  const viewer = await writer(site, c);
  const fields = await readForm(c);
  const typed = { name: fields.text('name').toLowerCase().replace(/^@/, ''), full_name: fields.text('full_name') };
  const refuse = async (problem: string) => await settingsPage(site, c, { part: 'profile', problem, typed });
  const fullName = parseFullName(typed.full_name);
  const { name } = typed;
  // A name that an account has already may be one that nobody could choose any more.
  const problem =
    problemOfFullName(fullName, site.config.SITE_NAME) ?? (name === viewer.name ? undefined : problemOfName(name));
  if (problem !== undefined) return await refuse(problem);
  try {
    await changeNames(site.db, viewer.id, { name, fullName }, site.clock.now());
  } catch (error) {
    if (error instanceof AppError && error.kind === 'conflict') return await refuse(error.message);
    throw error;
  }
  return c.redirect(savedPath('profile'), 303);
}

/** Answers the same whether the address has an account or not. */
export async function emailForm(site: Site, c: Context): Promise<Response> {
  const viewer = await writer(site, c);
  const typed = (await readForm(c)).text('email');
  const email = parseEmail(typed);
  if (email === undefined) {
    const problem = `That is no mail address. ${EMAIL_HINT}`;
    return await settingsPage(site, c, { part: 'email', problem, typed: { email: typed } });
  }
  const domains = site.config.ALLOWED_MAIL_DOMAINS;
  if (!isAllowedDomain(domains, email)) {
    const problem = `Addresses of this site are at ${domains.join(' or ')}.`;
    return await settingsPage(site, c, { part: 'email', problem, typed: { email: typed } });
  }
  await demand(site.db, mailLimits(viewer), site.clock.now());
  await requestEmailChange(site.accounts, viewer.id, email);
  const done = `If ${email} can be used, a link is on its way there. Open it in this browser.`;
  return await settingsPage(site, c, { part: 'email', done });
}

export async function sessionsForm(site: Site, c: Context): Promise<Response> {
  const viewer = requirePerson(c, SETTINGS);
  const end = (await readForm(c)).text('end');
  if (end === 'others') await endSessions(site.db, viewer.id, askerOf(c)?.session?.id);
  else await endSession(site.db, viewer.id, end);
  return c.redirect(savedPath(end === 'others' ? 'sessions' : 'session'), 303);
}

/** The token is in the answer and nowhere else, so there is no redirect. */
export async function tokenForm(site: Site, c: Context): Promise<Response> {
  const viewer = await writer(site, c);
  const fields = await readForm(c);
  const typed = { name: fields.text('name'), scope: fields.text('scope') };
  const name = parseFullName(typed.name)?.slice(0, 60).toWellFormed();
  const scope = scopes.find((one) => one === typed.scope);
  const refuse = async (problem: string) => await settingsPage(site, c, { part: 'tokens', problem, typed });
  if (name === undefined) return await refuse('Say what the token is for, so that you know it again.');
  if (scope === undefined) return await refuse('Choose what the token may do: read, or write.');
  const token = await createToken(site.db, viewer.id, { name, scope }, site.clock.now());
  if (token === undefined) return await refuse(`You have ${MOST_TOKENS} tokens. Revoke one that is not used any more.`);
  return await settingsPage(site, c, { part: 'tokens', token });
}

export async function revokeForm(site: Site, c: Context): Promise<Response> {
  const viewer = requirePerson(c, SETTINGS);
  await revokeToken(site.db, viewer.id, (await readForm(c)).text('id'));
  return c.redirect(savedPath('revoked'), 303);
}

export async function removePasskeyForm(site: Site, c: Context): Promise<Response> {
  const viewer = requirePerson(c, SETTINGS);
  await removePasskey(site.db, viewer.id, (await readForm(c)).text('id'));
  return c.redirect(savedPath('removed'), 303);
}
