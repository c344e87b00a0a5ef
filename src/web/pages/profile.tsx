/** `/users/:name`: who somebody is, what they submitted, said and recommend. */

import type { Context } from 'hono';
import { viewerOf } from '#accounts/current-viewer.ts';
import { findKept } from '#accounts/former-names.ts';
import { findUserByName, findUsers } from '#accounts/store.ts';
import { displayName, nameInFull } from '#accounts/user.ts';
import { userPath } from '#feed/addresses.ts';
import { listSaid, listSubmitted, listUpvoted } from '#feed/activity.ts';
import { notFound } from '#platform/errors.ts';
import { Deeds } from '../components/deeds.tsx';
import { FeedLink } from '../components/feed-link.tsx';
import { Layout } from '../components/layout.tsx';
import { dateOf } from '#platform/dates.ts';
import type { Site } from '../site.ts';
import { AccountForm, mayModerate } from '../components/account-form.tsx';

export async function profilePage(site: Site, c: Context): Promise<Response> {
  const name = c.req.param('name') ?? '';
  const user = await findUserByName(site.db, name.toLowerCase());
  if (user === undefined) return await movedProfile(site, c, name.toLowerCase());
  if (name !== user.name) return c.redirect(`/users/${user.name}`, 301);
  const shown = displayName(user);
  const viewer = viewerOf(c);
  const [submitted, said, upvoted] = await Promise.all([
    listSubmitted(site.db, user.id),
    listSaid(site.db, user.id),
    listUpvoted(site.db, user.id),
  ]);
  return await c.html(
    <Layout
      site={site}
      c={c}
      title={nameInFull(user)}
      description={`What ${shown} submitted, said and recommends at ${site.config.SITE_NAME}.`}
      canonical={`/users/${user.name}`}
      feed={{ path: userPath(user.name), title: shown }}
    >
      <main id="main" class="profile">
        <div class="list-head">
          <p class="kicker">
            {user.role !== 'reader' && <span>{user.role === 'admin' ? 'Admin' : 'Moderator'}</span>}{' '}
            <span>here since {dateOf(user.createdAt)}</span> {user.bannedAt !== null && <span>banned</span>}
          </p>
          <h1>
            {user.fullName} <span class="handle">@{user.name}</span>
          </h1>
          <p>
            <FeedLink path={userPath(user.name)} label="Follow what they submit and say" />
          </p>
          {viewer?.id === user.id && (
            <p class="quiet">
              This is how others see you: <a href="/settings#profile">change it</a>
            </p>
          )}
        </div>
        {viewer !== undefined && mayModerate(viewer, user) && (
          <details id="moderate">
            <summary>Moderate this account</summary>
            <AccountForm by={viewer} user={user} />
          </details>
        )}
        <Deeds id="submissions" title="Submitted" none="No papers yet." deeds={submitted} />
        <Deeds id="comments" title="Said" none="Nothing yet." deeds={said} />
        <Deeds id="upvotes" title="Recommends" none="No papers yet." deeds={upvoted} />
      </main>
    </Layout>,
  );
}

/** A name that somebody gave up leads to them for a time; not for good, as somebody else may have it one day. */
async function movedProfile(site: Site, c: Context, name: string): Promise<Response> {
  const owner = (await findKept(site.db, [name], site.clock.now())).get(name) ?? undefined;
  const user = owner === undefined ? undefined : (await findUsers(site.db, [owner])).get(owner);
  if (user === undefined) throw notFound('There is nobody of this name here.');
  return c.redirect(userPath(user.name), 302);
}
