/**
 * `/u/…`: ends a list, or all of them. Mail programs post here at one click (RFC 8058), without cookie, origin or any
 * page of ours before: whoever has the link may. Opening it only asks.
 */

import type { Context } from 'hono';
import { invalid } from '#platform/errors.ts';
import { endAll, endList } from '#subscriptions/change.ts';
import { readUnsubscribe, unsubscribeUrl } from '#subscriptions/links.ts';
import type { Ends } from '#subscriptions/links.ts';
import { findList } from '#subscriptions/store.ts';
import type { List } from '#subscriptions/store.ts';
import { nameOfTopics } from '#subscriptions/topics.ts';
import { Layout } from '../../components/layout.tsx';
import { readForm } from '../../form.ts';
import type { Site } from '../../site.ts';
import { DeadLink } from './own-access.ts';

const ONE_CLICK = { name: 'List-Unsubscribe', value: 'One-Click' };
const NOINDEX = <meta name="robots" content="noindex" />;

function requireEnds(site: Site, c: Context): Ends {
  const ends = readUnsubscribe(site.accounts.secret(), c.req.param('token') ?? '');
  if (ends === undefined)
    throw new DeadLink('not-found', 'This is not a link from one of our mails.', {
      hint: 'Links of mails are sometimes cut off at the end of a line: copy all of it.',
    });
  c.header('Cache-Control', 'private, no-store');
  return ends;
}

/** Never changes anything. */
export async function unsubscribePage(site: Site, c: Context): Promise<Response> {
  const ends = requireEnds(site, c);
  const list = ends.kind === 'list' ? await findList(site.db, ends.subscriptionId) : undefined;
  if (ends.kind === 'list' && (list === undefined || list.endedAt !== null)) return await endedPage(site, c, list);
  return await c.html(
    <Layout site={site} c={c} title="Unsubscribe" head={NOINDEX}>
      <main id="main" class="prose">
        <h1>Unsubscribe</h1>
        <p>
          {list === undefined ? (
            'This ends everything that is mailed to you from here.'
          ) : (
            <Named list={list} words="This ends the" />
          )}
        </p>
        <EndForm action={c.req.path} label={list === undefined ? 'End everything' : 'End this'} main />
        {list !== undefined && (
          <>
            <p>Or all that is mailed to you from here:</p>
            <EndForm action={pathToEndAll(site, list)} label="End everything" />
          </>
        )}
      </main>
    </Layout>,
  );
}

function Named({ list, words }: { list: List; words: string }) {
  return (
    <>
      {words} {list.kind} <strong dir="auto">{nameOfTopics(list.topics)}</strong>.
    </>
  );
}

function EndForm({ action, label, main = false }: { action: string; label: string; main?: boolean }) {
  return (
    <form class="form" method="post" action={action}>
      <input type="hidden" {...ONE_CLICK} />
      <p>
        <button class={main ? 'main' : undefined}>{label}</button>
      </p>
    </form>
  );
}

function pathToEndAll(site: Site, { subscriberId }: List): string {
  return unsubscribeUrl({ url: '', secret: site.accounts.secret() }, { kind: 'all', subscriberId });
}

/** Again, and after everything was forgotten, the answer is the same. */
export async function unsubscribe(site: Site, c: Context): Promise<Response> {
  const ends = requireEnds(site, c);
  await requireOneClick(c);
  const now = site.clock.now();
  if (ends.kind === 'all') await endAll(site.db, ends.subscriberId, now);
  else await endList(site.db, ends.subscriptionId, now);
  const list = ends.kind === 'list' ? await findList(site.db, ends.subscriptionId) : undefined;
  return await endedPage(site, c, list);
}

/**
 * RFC 8058 §3.2: the body is `List-Unsubscribe=One-Click`, in one of both encodings of forms. Whatever else posts to
 * addresses that it finds in mails ends nothing. A Content-Type that is missing or wrong is no reason to go on mailing.
 */
async function requireOneClick(c: Context): Promise<void> {
  const type = (c.req.header('content-type') ?? '').trim().toLowerCase();
  const sent = type.startsWith('multipart/form-data')
    ? (await readForm(c)).text(ONE_CLICK.name)
    : new URLSearchParams((await c.req.text()).trim()).get(ONE_CLICK.name);
  if (sent?.toLowerCase() !== ONE_CLICK.value.toLowerCase())
    throw invalid(
      'Nothing was ended: that was not sent as mail programs unsubscribe.',
      `Open the link and press the button there, or post ${ONE_CLICK.name}=${ONE_CLICK.value} (RFC 8058).`,
    );
}

function endedPage(site: Site, c: Context, list: List | undefined): Response | Promise<Response> {
  return c.html(
    <Layout site={site} c={c} title="You are unsubscribed" head={NOINDEX}>
      <main id="main" class="prose">
        <h1>You are unsubscribed</h1>
        {list !== undefined && (
          <p>
            <Named list={list} words="This does not come any more: the" />
          </p>
        )}
        <p>A mail that was on its way already may still come.</p>
        {list !== undefined && (
          <>
            <p>If other lists still come to you, you can end them as well:</p>
            <EndForm action={pathToEndAll(site, list)} label="End everything" />
          </>
        )}
        <p>
          Was it a mistake? <a href="/subscribe">Subscribe again</a>
        </p>
      </main>
    </Layout>,
  );
}
