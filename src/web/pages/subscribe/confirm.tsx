/** `/subscribe/confirm`: where the link of the first mail leads. Only pressing the button confirms: mail scanners open links. */

import type { Context } from 'hono';
import { confirm } from '#subscriptions/confirm.ts';
import type { Asked } from '#subscriptions/list.ts';
import { manageUrl } from '#subscriptions/links.ts';
import { findRequest } from '#subscriptions/request-store.ts';
import type { Request } from '#subscriptions/request-store.ts';
import { rhythmInWords } from '#subscriptions/rhythm-words.ts';
import { CONFIRM_PATH } from '#subscriptions/send-questions.ts';
import { Layout } from '../../components/layout.tsx';
import { TopicNames } from '../../components/topic-names.tsx';
import { readForm } from '../../form.ts';
import { endOffer } from '../../offer-cookie.ts';
import type { Site } from '../../site.ts';
import { doneAt } from './own-access.ts';
import { consentOf } from './subscribe.tsx';

const NOINDEX = <meta name="robots" content="noindex" />;

export async function confirmPage(site: Site, c: Context): Promise<Response> {
  const token = c.req.query('token') ?? '';
  const request = await findRequest(site.db, token, site.clock.now());
  c.header('Cache-Control', 'private, no-store');
  if (request?.state !== 'open') return await deadPage(site, c, request?.state ?? 'unknown');
  return await c.html(
    <Layout site={site} c={c} title="Confirm your subscription" head={NOINDEX}>
      <main id="main" class="prose">
        <h1>Is this what you want?</h1>
        <AskedFor asked={request.asked} />
        <form class="form" method="post" action={CONFIRM_PATH}>
          <input type="hidden" name="token" value={token} />
          <p>
            <button class="main">Yes, mail it to me</button>
          </p>
        </form>
        <p class="quiet">If you did not ask for it, close this page: nothing will be sent.</p>
      </main>
    </Layout>,
  );
}

function AskedFor({ asked: { list, timeZone } }: { asked: Asked }) {
  return (
    <>
      <TopicNames topics={list.topics} />
      <p>
        By mail {rhythmInWords({ ...list, timeZone })}, at most {list.most} {list.most === 1 ? 'paper' : 'papers'}.
      </p>
    </>
  );
}

export async function confirmForm(site: Site, c: Context): Promise<Response> {
  const token = (await readForm(c)).text('token');
  const confirmed = await confirm(site.db, token, consentOf(site, c));
  if ('refused' in confirmed) return await deadPage(site, c, confirmed.refused);
  endOffer(site, c);
  const link = manageUrl({ url: '', secret: site.accounts.secret() }, confirmed.subscriber);
  return c.redirect(doneAt(link, 'subscribed'), 303);
}

type Dead = Exclude<Request['state'], 'open'> | 'unknown';

const WHY: Record<Dead, string> = {
  used: 'This link was used already. If it was you, you are subscribed: look for the link in the next mail to change anything.',
  expired: 'This link is too old. It works for 48 hours.',
  unknown: 'This link is not one of ours, or is too old.',
};

function deadPage(site: Site, c: Context, why: Dead): Response | Promise<Response> {
  c.status(why === 'unknown' ? 404 : 410);
  return c.html(
    <Layout site={site} c={c} title="This link does not work any more" head={NOINDEX}>
      <main id="main" class="prose">
        <h1>This link does not work any more</h1>
        <p>{WHY[why]}</p>
        <p>
          <a class="button" href="/subscribe">
            Subscribe anew
          </a>
        </p>
      </main>
    </Layout>,
  );
}
