/** `/settings`: everything about one's own account on one page; each part is a form of its own. */

import type { Context } from 'hono';
import { askerOf, requirePerson } from '#accounts/current-viewer.ts';
import { NAME_KEPT_DAYS } from '#accounts/former-names.ts';
import { listPasskeys } from '#accounts/passkey-store.ts';
import { listSessions } from '#accounts/sessions.ts';
import { findUser } from '#accounts/store.ts';
import { listTokens } from '#accounts/token-store.ts';
import { FULL_NAME_LIMIT } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { ENDING, STAYING } from '#accounts/what-ends.ts';
import { assets } from '../../assets.ts';
import { Layout } from '../../components/layout.tsx';
import { Part } from '../../components/part.tsx';
import { Passkeys } from '../../components/passkeys.tsx';
import { Sessions } from '../../components/sessions.tsx';
import { AccessTokens } from '../../components/access-tokens.tsx';
import type { Told } from '../../components/part.tsx';
import type { Site } from '../../site.ts';
import { wayBack } from '../../way-back.ts';

/** What is said after a form that leads back here, by the word in the address. */
const SAVED = new Map<string, Told>([
  ['profile', { part: 'profile', done: 'Saved.' }],
  ['email', { part: 'email', done: 'Your mail address was changed.' }],
  ['session', { part: 'sessions', done: 'That browser is signed out.' }],
  ['sessions', { part: 'sessions', done: 'You are signed out everywhere else.' }],
  ['revoked', { part: 'tokens', done: 'The token was revoked: it opens nothing any more.' }],
  ['passkey', { part: 'passkeys', done: 'The passkey was made.' }],
  ['removed', { part: 'passkeys', done: 'The passkey was removed.' }],
]);

/** Where a form leads that was saved: to its part of the page, which says so. */
export function savedPath(what: string): string {
  return `/settings?saved=${what}#${SAVED.get(what)?.part ?? ''}`;
}

/** At most five queries: who asks, and four lists. */
export async function settingsPage(site: Site, c: Context, sent?: Told): Promise<Response> {
  const viewer = requirePerson(c);
  // Only who comes from a form of this page: a link from elsewhere that says that something was changed would be a lie.
  const isOwnForm = wayBack(site, c, '').split('?', 1)[0]?.startsWith('/settings') === true;
  const told = sent ?? (isOwnForm ? SAVED.get(c.req.query('saved') ?? '') : undefined);
  const [now, { db }] = [site.clock.now(), site];
  const [user, sessions, tokens, passkeys] = await Promise.all([
    findUser(db, viewer.id),
    listSessions(db, viewer.id, now),
    listTokens(db, viewer.id),
    listPasskeys(db, viewer.id),
  ]);
  const isFixed = viewer.bannedAt !== null;
  if (told?.problem !== undefined) c.status(422);
  // It may show an access token, and always shows a mail address.
  c.header('Cache-Control', 'private, no-store');
  return c.html(
    <Layout site={site} c={c} title="Settings" head={<Head />}>
      <main id="main" class="prose settings">
        <h1>Settings</h1>
        {viewer.role === 'admin' && (
          <p>
            <a href="/settings/invitations">Invite people</a>
          </p>
        )}
        {!isFixed && <Profile viewer={viewer} told={told} />}
        <MailAddress email={user?.email ?? ''} isFixed={isFixed} told={told} />
        <Mail />
        <Passkeys passkeys={passkeys} isFixed={isFixed} told={told} />
        <Sessions sessions={sessions} current={askerOf(c)?.session?.id} told={told} />
        <AccessTokens tokens={tokens} isFixed={isFixed} told={told} />
        <Webhooks />
        <YourData />
        <Leaving />
      </main>
    </Layout>,
  );
}

function Head() {
  return (
    <>
      <meta name="robots" content="noindex" />
      <script type="module" src={assets().passkeysJs}></script>
    </>
  );
}

interface PartProps {
  told: Told | undefined;
}

function Profile({ viewer, told }: PartProps & { viewer: Viewer }) {
  const typed = told?.part === 'profile' ? told.typed : undefined;
  return (
    <Part id="profile" title="Profile" told={told}>
      <form class="form" method="post" action="/settings/profile">
        <label>
          <span>Full name</span>
          <input
            name="full_name"
            value={typed?.['full_name'] ?? viewer.fullName ?? ''}
            maxlength={FULL_NAME_LIMIT}
            autocomplete="name"
          />
          <small>
            Shown with what you write, beside <code>@{viewer.name}</code>. May stay empty.
          </small>
        </label>
        <label>
          <span>Name in addresses</span>
          <input
            name="name"
            value={typed?.['name'] ?? viewer.name}
            required
            minlength={2}
            maxlength={39}
            pattern="[a-z0-9][a-z0-9\-]*[a-z0-9]"
            autocapitalize="none"
            spellcheck={false}
          />
          <small>
            Your page is <code>/users/{viewer.name}</code>, and others name you as <code>@{viewer.name}</code>. When it
            changes, the old name leads to you for {NAME_KEPT_DAYS} days, and is nobody else's as long.
          </small>
        </label>
        <p>
          <button>Save</button>
        </p>
      </form>
    </Part>
  );
}

/** `isFixed`: of a banned account, which is known by its address. */
function MailAddress({ email, isFixed, told }: PartProps & { email: string; isFixed: boolean }) {
  const where = (
    <>
      Links to sign in go to <strong>{email}</strong>. No page shows it to anybody else; who runs the site can look it
      up.
    </>
  );
  if (isFixed) {
    return (
      <Part id="email" title="Mail address">
        <p>{where}</p>
      </Part>
    );
  }
  return (
    <Part id="email" title="Mail address" told={told}>
      <p>{where} When you change it, papers by mail come to the new address.</p>
      <form class="form" method="post" action="/settings/email">
        <label>
          <span>New address</span>
          <input
            type="email"
            name="email"
            value={told?.part === 'email' ? (told.typed?.['email'] ?? '') : ''}
            required
            maxlength={254}
            autocomplete="email"
          />
        </label>
        <p>
          <button>Mail a link to confirm it</button>
        </p>
      </form>
    </Part>
  );
}

function Webhooks() {
  return (
    <Part id="hooks" title="Webhooks">
      <p>
        A message to a chat or a program when a paper is trending, when a search has new matches, and once a day:{' '}
        <a href="/settings/hooks">your webhooks</a>.
      </p>
    </Part>
  );
}

function Mail() {
  return (
    <Part id="mail" title="Papers by mail">
      <p>
        Digests and alerts that come to your address: <a href="/settings/mail">see, choose, pause or end them</a>.
      </p>
    </Part>
  );
}

function YourData() {
  return (
    <Part id="data" title="Your data">
      <p>
        <a href="/reports">What you reported</a>, and what became of it.
      </p>
      <p>
        <a href="/settings/export.json" download>
          Everything that is kept of you
        </a>{' '}
        (JSON).
      </p>
    </Part>
  );
}

function Leaving() {
  return (
    <Part id="leaving" title="Delete this account">
      <p>
        Your {ENDING} end for good. {STAYING}.
      </p>
      <p>
        <a class="button danger" href="/settings/delete">
          Delete this account …
        </a>
      </p>
    </Part>
  );
}
