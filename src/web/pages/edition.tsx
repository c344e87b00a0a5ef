/** The front page, and the editions of a day, an ISO week or a month. */

import type { Context } from 'hono';
import { viewerOf } from '#accounts/current-viewer.ts';
import { editionPath } from '#feed/addresses.ts';
import { describeEdition, newestEditionDay } from '#feed/edition.ts';
import { listEdition } from '#feed/edition-list.ts';
import type { EditionFacts } from '#feed/edition.ts';
import { editionName, readEdition } from '#feed/edition-names.ts';
import type { Edition, EditionKind } from '#feed/edition-names.ts';
import { hydrate } from '#feed/hydrate.ts';
import { movedEdition } from '#feed/open-editions.ts';
import { PAGE_SIZE } from '#feed/skeleton.ts';
import { today } from '#feed/today.ts';
import { addDays, isDay } from '#platform/day.ts';
import type { Day, DayRange } from '#platform/day.ts';
import { invalid } from '#platform/errors.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { EditionBar } from '../components/edition-bar.tsx';
import { EmptyEdition } from '../components/empty-edition.tsx';
import { Layout } from '../components/layout.tsx';
import { PaperList } from '../components/paper-list.tsx';
import { OtherOrders } from '../components/trending-orders.tsx';
import { neighbours } from '../editions.ts';
import type { Site } from '../site.ts';

/** A weekend with a holiday beside it brings nothing for so many days; after more of them readers wonder. */
const QUIET_DAYS = 3;

/** `/`: today's edition, or the newest that exists. */
export async function frontPage(site: Site, c: Context): Promise<Response> {
  const day = (await newestEditionDay(site.db, today(site))) ?? today(site);
  return await editionPage(site, c, readEdition('date', day), '/');
}

/** `/papers/date/2026-01-06`, `/papers/week/2026-W02`, `/papers/month/2026-01`. */
export async function namedEditionPage(site: Site, c: Context, kind: EditionKind): Promise<Response> {
  const label = c.req.param('label') ?? '';
  const moved = movedEdition(site, kind, label);
  if (moved) return c.redirect(moved.movedTo, moved.forGood ? 301 : 302);
  return await editionPage(site, c, readEdition(kind, label));
}

/** The date picker's form: `/papers/date?day=2026-01-06`. */
export function pickDay(c: Context): Response {
  const day = c.req.query('day') ?? '';
  if (!isDay(day))
    throw invalid(
      day === '' ? 'No day was chosen.' : `“${day}” is not a day.`,
      'A day looks like /papers/date/2026-01-06.',
    );
  return c.redirect(editionPath('date', day), 302);
}

async function editionPage(site: Site, c: Context, edition: Edition, path?: string): Promise<Response> {
  const after = c.req.query('after');
  const address = path ?? editionPath(edition.kind, edition.label);
  const [skeleton, facts] = await Promise.all([
    listEdition(site.db, edition.range, { limit: PAGE_SIZE, after }),
    describeEdition(site.db, edition.range, today(site)),
  ]);
  const cards = await hydrate(site.db, skeleton.ids, viewerOf(c)?.id);
  const name = editionName(edition);
  const now = today(site);
  const later = edition.range.first > now;
  const isStale = address === '/' && facts.count > 0 && edition.range.last < addDays(now, -QUIET_DAYS);
  const notes = [
    isStale && 'The latest edition here. No newer papers have come since.',
    isMixed(facts) && 'Most upvotes first, then submitted papers, then what arXiv announced, newest first.',
  ].filter((note) => note !== false);
  const title = address === '/' ? site.config.SITE_NAME : `Papers of ${name}`;
  const titles = cards.slice(0, 3).map((card) => texToPlain(card.paper.title));
  return c.html(
    <Layout
      site={site}
      c={c}
      front
      title={title}
      description={titles.length > 0 ? `${name}: ${titles.join('; ')}` : `Papers of ${name}`}
      canonical={address}
      continued={after !== undefined}
      {...(after === undefined ? { offer: { place: 'top' } } : {})}
      feed={{ path: address, title }}
      head={later && <meta name="robots" content="noindex" />}
    >
      <main id="main">
        <EditionBar
          kind={edition.kind}
          name={name}
          count={facts.count}
          path={address}
          day={edition.kind === 'date' ? edition.range.first : lastDayUpTo(edition.range, now)}
          today={now}
          {...neighbours(edition, facts)}
        />
        {address === '/' && <OtherOrders period="day" />}
        {notes.length > 0 && <p class="edition-note">{notes.join(' ')}</p>}
        {cards.length > 0 ? (
          <PaperList cards={cards} path={address} next={skeleton.next} continued={after !== undefined} lead />
        ) : (
          <EmptyEdition edition={edition} facts={facts} today={now} />
        )}
      </main>
    </Layout>,
  );
}

/** Only then is there an order to explain. */
function isMixed({ count, submitted }: EditionFacts): boolean {
  return submitted > 0 && submitted < count;
}

function lastDayUpTo(range: DayRange, day: Day): Day {
  return range.last < day ? range.last : day < range.first ? range.first : day;
}
