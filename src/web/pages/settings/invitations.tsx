/** `/settings/invitations`: admins invite people, which is how accounts are made where registration is not open. */

import type { Context } from 'hono';
import { requirePerson, requireWriter } from '#accounts/current-viewer.ts';
import { listInvitations, removeInvitation } from '#accounts/invitation-store.ts';
import { invite, onlyAdmins } from '#accounts/invitations.ts';
import { mailLimits } from '#accounts/limits.ts';
import { findUserOfMailbox } from '#accounts/store.ts';
import { EMAIL_HINT, mailboxOf, parseEmail } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { demand } from '#platform/limits/demand.ts';
import { Layout } from '../../components/layout.tsx';
import { dateOf } from '#platform/dates.ts';
import { readForm } from '../../form.ts';
import type { Site } from '../../site.ts';

const PATH = '/settings/invitations';
/** More wait nowhere. */
const SHOWN = 500;

function requireAdmin(c: Context): Viewer {
  requirePerson(c, PATH);
  const viewer = requireWriter(c, PATH);
  if (viewer.role !== 'admin') throw onlyAdmins();
  return viewer;
}

export async function invitationsPage(site: Site, c: Context, problem?: string, typed = ''): Promise<Response> {
  requireAdmin(c);
  const invitations = await listInvitations(site.db, SHOWN);
  if (problem !== undefined) c.status(422);
  return await c.html(
    <Layout site={site} c={c} title="Invitations" head={<meta name="robots" content="noindex" />}>
      <main id="main" class="prose settings">
        <h1>Invitations</h1>
        <p>{POLICY[site.config.REGISTRATION]}</p>
        <form class="form" method="post" action={PATH}>
          {problem !== undefined && (
            <p class="problem-note" role="alert">
              {problem}
            </p>
          )}
          <label>
            <span>Mail address</span>
            <input type="email" name="email" value={typed} required maxlength={254} autocomplete="off" />
          </label>
          <p>
            <button class="main">Invite</button>
          </p>
        </form>
        {invitations.length > 0 && <h2>Not used yet</h2>}
        <ul class="owned">
          {invitations.map(({ email, createdAt }) => (
            <li>
              <p>
                {email}
                <span class="kicker">
                  <span>invited {dateOf(createdAt)}</span>
                </span>
              </p>
              <form method="post" action={PATH}>
                <input type="hidden" name="take_back" value={email} />
                <button>
                  Take back<span class="unseen"> the invitation of {email}</span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      </main>
    </Layout>,
  );
}

const POLICY = {
  open: 'Everybody can make an account here (REGISTRATION=open); an invitation only tells somebody so.',
  invite: 'Only people who are invited can make an account here.',
  closed: 'Accounts are made on the command line only (REGISTRATION=closed), and by invitation.',
};

export async function invitationsForm(site: Site, c: Context): Promise<Response> {
  const admin = requireAdmin(c);
  const fields = await readForm(c);
  if (fields.has('take_back')) {
    await removeInvitation(site.db, fields.text('take_back').toLowerCase());
    return c.redirect(PATH, 303);
  }
  const typed = fields.text('email');
  const email = parseEmail(typed);
  if (email === undefined) return await invitationsPage(site, c, `That is no mail address. ${EMAIL_HINT}`, typed);
  const known = await findUserOfMailbox(site.db, mailboxOf(email));
  if (known !== undefined) {
    const problem = `${email} has an account already${known.email === email ? '' : `, by ${known.email}`}.`;
    return await invitationsPage(site, c, problem, typed);
  }
  await demand(site.db, mailLimits(admin), site.clock.now());
  await invite(site.accounts, email, admin.id);
  return c.redirect(PATH, 303);
}
