/** Taking one's data along, a new mail address, and the end of an account. */

import type { Context } from 'hono';
import { deleteCookie } from 'hono/cookie';
import { changeEmail } from '#accounts/change-email.ts';
import { CHANGE_EMAIL_PATH, readChange } from '#accounts/change-link.ts';
import type { Change } from '#accounts/change-link.ts';
import { requirePerson, requireWriter } from '#accounts/current-viewer.ts';
import { deleteAccount, isLastAdmin } from '#accounts/delete-account.ts';
import { sendMails } from '#accounts/send-mails.ts';
import { findUser } from '#accounts/store.ts';
import { sessionCookieName } from '#accounts/session-cookie.ts';
import { ENDING, STAYING } from '#accounts/what-ends.ts';
import { endVotes } from '#discussion/end-votes.ts';
import { AppError } from '#platform/errors.ts';
import { forgetAddress, moveSubscriber } from '#subscriptions/account-address.ts';
import { Layout } from '../../components/layout.tsx';
import { readForm } from '../../form.ts';
import { ownCookie } from '../../own-cookie.ts';
import { ownData } from '../../own-data.ts';
import type { Site } from '../../site.ts';
import { consentOf } from '../subscribe/subscribe.tsx';
import { toLeftPage } from './left.tsx';
import { savedPath } from './settings.tsx';

const NOINDEX = <meta name="robots" content="noindex" />;

export async function exportFile(site: Site, c: Context): Promise<Response> {
  const viewer = requirePerson(c, '/settings');
  const data = { ...(await ownData(site.db, viewer.id)), hooks: await site.hooks.ownData(viewer.id) };
  c.header('Content-Disposition', `attachment; filename="${viewer.name}.json"`);
  c.header('Cache-Control', 'private, no-store');
  c.header('Content-Type', 'application/json; charset=utf-8');
  return c.body(`${JSON.stringify(data, null, 2)}\n`);
}

/** Where the link to a new address leads; only its account can use it. */
export async function confirmEmailPage(site: Site, c: Context): Promise<Response> {
  const viewer = requirePerson(c);
  const token = c.req.query('token') ?? '';
  const change = readChange(site.accounts, token);
  if (change?.userId !== viewer.id) throw deadLink();
  if (await isInUse(site, change)) return await usedPage(site, c, change);
  return await c.html(
    <Layout site={site} c={c} title="Your new mail address" head={NOINDEX}>
      <main id="main" class="prose">
        <h1>Your new mail address</h1>
        <form class="form" method="post" action={`${CHANGE_EMAIL_PATH}/confirm`}>
          <input type="hidden" name="token" value={token} />
          <p>
            Links to sign in, and papers by mail if you get any, will go to <strong>{change.to}</strong> instead of{' '}
            {change.from}. Links in papers that were mailed before then only unsubscribe.
          </p>
          <p>
            <button class="main">Use this address</button>
          </p>
        </form>
      </main>
    </Layout>,
  );
}

export async function confirmEmailForm(site: Site, c: Context): Promise<Response> {
  requirePerson(c, '/settings');
  const viewer = requireWriter(c, '/settings');
  const change = readChange(site.accounts, (await readForm(c)).text('token'));
  if (change?.userId !== viewer.id) throw deadLink();
  if (await isInUse(site, change)) return await usedPage(site, c, change); // the button was pressed twice
  if (!(await changeAddress(site, c, change))) throw deadLink();
  return c.redirect(savedPath('email'), 303);
}

async function isInUse(site: Site, { userId, to }: Change): Promise<boolean> {
  return (await findUser(site.db, userId))?.email === to;
}

/** A link that was opened again. */
async function usedPage(site: Site, c: Context, { to }: Change): Promise<Response> {
  return await c.html(
    <Layout site={site} c={c} title="Your mail address" head={NOINDEX}>
      <main id="main" class="prose">
        <h1>Your mail address</h1>
        <p role="status">
          <strong>{to}</strong> is your address already. The link that you opened was used, and has nothing more to do.
        </p>
        <p>
          <a class="button" href="/settings">
            Go to the settings
          </a>
        </p>
      </main>
    </Layout>,
  );
}

/** Papers by mail move along. */
async function changeAddress(site: Site, c: Context, change: Change): Promise<boolean> {
  const move = { ...change, consent: consentOf(site, c), moveMails: site.moveMails };
  return await changeEmail(site.accounts, change, (trx) => moveSubscriber(trx, move));
}

function deadLink(): AppError {
  return new AppError('invalid', 'This link does not work any more, or is not for the account that is signed in.', {
    hint: 'Ask for another one in the settings.',
  });
}

export async function deletePage(site: Site, c: Context, problem?: string): Promise<Response> {
  const viewer = requirePerson(c, '/settings');
  if (await isLastAdmin(site.db, viewer)) return await lastAdminPage(site, c);
  if (problem !== undefined) c.status(422);
  return await c.html(
    <Layout site={site} c={c} title="Delete your account" head={NOINDEX}>
      <main id="main" class="prose">
        <h1>Delete your account</h1>
        <p>
          Your {ENDING} end at once: papers and comments are counted and ranked without you. {STAYING}, and lifts its
          paper no more; delete it first if it should not stay. This cannot be undone.
        </p>
        <p>
          <a href="/settings/export.json" download>
            Take your data along
          </a>{' '}
          before.
        </p>
        <form class="form" method="post" action="/settings/delete">
          {problem !== undefined && (
            <p class="problem-note" role="alert">
              {problem}
            </p>
          )}
          <label>
            <span>Type your name, {viewer.name}, to say that you mean it</span>
            <input name="name" required autocomplete="off" autocapitalize="none" spellcheck={false} />
          </label>
          <p>
            <button class="danger">Delete my account</button> <a href="/settings">Keep it</a>
          </p>
        </form>
      </main>
    </Layout>,
  );
}

async function lastAdminPage(site: Site, c: Context): Promise<Response> {
  return await c.html(
    <Layout site={site} c={c} title="Delete your account" head={NOINDEX}>
      <main id="main" class="prose">
        <h1>Delete your account</h1>
        <p>
          You are the only admin of {site.config.SITE_NAME}, so your account cannot be deleted yet: nobody could look
          after the site any more.
        </p>
        <p>
          Make somebody else an admin first: look them up among the <a href="/moderation/people">people</a>.
        </p>
        <p>
          <a href="/settings">Back to the settings</a>
        </p>
      </main>
    </Layout>,
  );
}

export async function deleteForm(site: Site, c: Context): Promise<Response> {
  const viewer = requirePerson(c, '/settings');
  const typed = (await readForm(c)).text('name').toLowerCase().replace(/^@/, '');
  if (await isLastAdmin(site.db, viewer)) {
    c.status(409);
    return await lastAdminPage(site, c);
  }
  if (typed !== viewer.name) return await deletePage(site, c, `That is not ${viewer.name}, so nothing was deleted.`);
  const now = site.clock.now();
  await deleteAccount(site, viewer.id, now, async (trx, { id, email }) => {
    await endVotes(trx, id, now);
    if (email !== null) await forgetAddress(trx, email);
  });
  site.accounts.later(async (signal) => await sendMails(site.accounts, signal));
  deleteCookie(c, sessionCookieName(site.url), ownCookie(site));
  return toLeftPage(site, c);
}
