/** `/subscribe`: asks for papers by mail, with all that can be chosen; banners and search pages send their forms here. */

import type { Context } from 'hono';
import { askerOf } from '#accounts/current-viewer.ts';
import { findUser } from '#accounts/store.ts';
import { EMAIL_HINT, parseEmail } from '#accounts/user.ts';
import { listCategories } from '#feed/subjects.ts';
import { clientOf, UNKNOWN_CLIENT } from '#platform/http/client-address.ts';
import { demand } from '#platform/limits/demand.ts';
import { findTopics } from '#subscriptions/find-topics.ts';
import { networkLimit, QUESTIONS_PER_DAY } from '#subscriptions/limits.ts';
import { usualList } from '#subscriptions/list.ts';
import { requestSubscription } from '#subscriptions/request.ts';
import { LINK_HOURS } from '#subscriptions/request-store.ts';
import { subscribe } from '#subscriptions/subscribe.ts';
import type { Consent } from '#subscriptions/subscribe.ts';
import { UNPROCESSABLE, wantsJson } from '../../answer-type.ts';
import { Layout } from '../../components/layout.tsx';
import { ListFields, Problems } from '../../components/list-form.tsx';
import { TimeZones } from '../../components/time-zones.tsx';
import { readForm } from '../../form.ts';
import { readListForm, toForm, usualForm, usualTimeZone } from '../../list-form.ts';
import type { ListForm } from '../../list-form.ts';
import { safeNext } from '../../next-path.ts';
import { endOffer } from '../../offer-cookie.ts';
import type { Site } from '../../site.ts';
import { doneAt, OWN_PATH } from './own-access.ts';

const NOINDEX = <meta name="robots" content="noindex" />;
const WRONG_ADDRESS = `That is no mail address. ${EMAIL_HINT}`;

/** What is to be chosen may stand in the address: `?categories=cs.LG`, `?authors=Ann+Lee`, `?kind=alert&searches=…`. */
export async function subscribePage(site: Site, c: Context): Promise<Response> {
  const asked = { form: await formFromAddress(site, c), email: (await ownAddress(site, c)) ?? '', problems: [] };
  return await page(site, c, { ...asked, isZoneGuessed: true });
}

async function formFromAddress(site: Site, c: Context): Promise<ListForm> {
  const all = (name: string) => c.req.queries(name) ?? [];
  const { topics } = await findTopics(site.db, {
    everything: false,
    categories: all('categories'),
    authors: all('authors'),
    organizations: all('organizations'),
    searches: all('searches'),
  });
  const usual = usualList(site.config.DIGEST_HOUR);
  if (topics.length === 0) return usualForm(site);
  const isAlert = c.req.query('kind') === 'alert' && topics.length === 1 && topics[0]?.kind === 'search';
  return toForm({ ...usual, topics, kind: isAlert ? 'alert' : 'digest' }, usualTimeZone(site));
}

/** The address of whoever is signed in with a browser, which is known to be theirs. */
async function ownAddress(site: Site, c: Context): Promise<string | undefined> {
  const asker = askerOf(c);
  if (asker?.session === undefined) return undefined;
  return (await findUser(site.db, asker.viewer.id))?.email ?? undefined;
}

export function consentOf(site: Site, c: Context): Consent {
  const client = clientOf(c);
  return { now: site.clock.now(), from: client === UNKNOWN_CLIENT ? undefined : client };
}

/**
 * The answer is the same for every address, and is given before anybody looks: only who is signed in and wants mail to
 * their own address has it at once.
 */
export async function subscribeForm(site: Site, c: Context): Promise<Response> {
  const fields = await readForm(c);
  const own = await ownAddress(site, c);
  const typed = fields.has('own_address') && own !== undefined ? own : fields.text('email');
  const email = parseEmail(typed);
  const { form, asked, problems } = await readListForm(site, fields);
  if (email === undefined || asked === undefined) {
    const wrong = email === undefined ? [WRONG_ADDRESS, ...problems] : problems;
    if (wantsJson(c)) return c.json({ error: wrong.join(' ') }, UNPROCESSABLE);
    return await page(site, c, { form, email: typed, problems: wrong });
  }
  if (email === own) {
    await subscribe(site.db, email, asked, consentOf(site, c));
    endOffer(site, c);
    return c.redirect(doneAt(OWN_PATH, 'subscribed'), 303);
  }
  await demand(site.db, [networkLimit(clientOf(c))], site.clock.now());
  await requestSubscription(site.accounts, email, asked);
  return c.redirect('/subscribe/sent', 303);
}

interface AskedPage {
  form: ListForm;
  email: string;
  problems: readonly string[];
  /** Whether the browser may fill in its own. */
  isZoneGuessed?: boolean;
}

async function page(
  site: Site,
  c: Context,
  { form, email, problems, isZoneGuessed = false }: AskedPage,
): Promise<Response> {
  const categories = form.kind === 'alert' ? [] : await listCategories(site.db);
  if (problems.length > 0) c.status(UNPROCESSABLE);
  const { SITE_NAME: name } = site.config;
  const title = form.kind === 'alert' ? 'Tell me when something new matches' : `${name} in your inbox`;
  return c.html(
    <Layout
      site={site}
      c={c}
      title={title}
      description={`Have ${name} mailed to you: what is trending, or what you choose, when you want it. No account needed.`}
      canonical="/subscribe"
    >
      <main id="main" class="prose">
        <h1>{title}</h1>
        <p>
          Say where to and what; we mail a link to confirm, and nothing else before. Every mail has a link that ends it,
          and one to change it. No account is needed. <a href="/subscribe/preview">This is what it looks like</a>.
        </p>
        <form class="form subscribe" method="post" action="/subscribe">
          <Problems problems={problems} />
          <label>
            <span>Mail address</span>
            <input type="email" name="email" value={email} required maxlength={254} autocomplete="email" />
          </label>
          <ListFields
            form={form}
            categories={categories}
            zone={<TimeZones chosen={form.timeZone} isGuessed={isZoneGuessed} />}
          />
          <p>
            <button class="main">Subscribe</button>
          </p>
        </form>
      </main>
    </Layout>,
  );
}

export function sentPage(site: Site, c: Context): Response | Promise<Response> {
  const isLink = c.req.query('link') !== undefined;
  return c.html(
    <Layout site={site} c={c} title="Look into your inbox" head={NOINDEX}>
      <main id="main" class="prose">
        <h1>Look into your inbox</h1>
        <p>
          {isLink
            ? 'If anything is mailed to that address, a mail with the link to it is on its way.'
            : `If mail can be sent to that address, one is on its way: with a link to confirm, which works once and for ${LINK_HOURS} hours, or with one to what comes there already. Nothing else is sent before.`}
        </p>
        {site.accounts.mail.place !== undefined && (
          <p class="quiet">
            This site has no mail server yet: its operator finds the link in the log and in the folder <code>mail</code>
            .
          </p>
        )}
        <p>
          Nothing came? Look among the unwanted mail, then <a href="/subscribe">ask again</a>. At most{' '}
          {QUESTIONS_PER_DAY} such mails go to an address in a day.
        </p>
      </main>
    </Layout>,
  );
}

/** The offer on top of lists goes, and stays away. */
export async function dismissForm(site: Site, c: Context): Promise<Response> {
  const next = safeNext((await readForm(c)).text('next'));
  endOffer(site, c);
  return c.redirect(next, 303);
}
