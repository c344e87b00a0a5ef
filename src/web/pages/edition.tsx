/** The front page, and the editions of a day, an ISO week or a month. */

import type { Context } from 'hono';
import { describeEdition, listEdition, newestEditionDay } from '#feed/edition.ts';
import type { EditionFacts } from '#feed/edition.ts';
import { hydrate } from '#feed/hydrate.ts';
import { PAGE_SIZE } from '#feed/skeleton.ts';
import { addDays, isDay, monthRange, weekRange } from '#platform/day.ts';
import type { Day, DayRange } from '#platform/day.ts';
import { invalid } from '#platform/errors.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { editionPath } from '../addresses.ts';
import { EditionBar } from '../components/edition-bar.tsx';
import { EmptyEdition } from '../components/empty-edition.tsx';
import { Layout } from '../components/layout.tsx';
import { PaperList } from '../components/paper-list.tsx';
import { editionName, neighbours } from '../editions.ts';
import type { Edition } from '../editions.ts';
import { today } from '../site.ts';
import type { Site } from '../site.ts';

/** A weekend with a holiday beside it brings nothing for so many days; after more of them readers wonder. */
const QUIET_DAYS = 3;

/** `/`: today's edition, or the newest that exists. */
export async function frontPage(site: Site, c: Context): Promise<Response> {
  const day = (await newestEditionDay(site.db, today(site))) ?? today(site);
  return await editionPage(site, c, { kind: 'date', label: day, range: { first: day, last: day } }, '/');
}

export async function dayPage(site: Site, c: Context): Promise<Response> {
  const label = c.req.param('day') ?? '';
  if (label === 'today') return c.redirect(editionPath('date', today(site)), 302);
  if (!isDay(label)) throw invalid(`“${label}” is not a day.`, 'A day looks like /papers/date/2026-01-06.');
  return await editionPage(site, c, { kind: 'date', label, range: { first: label, last: label } });
}

export async function weekPage(site: Site, c: Context): Promise<Response> {
  const label = c.req.param('week') ?? '';
  if (/w/.test(label)) return c.redirect(editionPath('week', label.toUpperCase()), 301);
  const range = weekRange(label);
  if (!range) throw invalid(`“${label}” is not an ISO week.`, 'A week looks like /papers/week/2026-W02.');
  return await editionPage(site, c, { kind: 'week', label, range });
}

export async function monthPage(site: Site, c: Context): Promise<Response> {
  const label = c.req.param('month') ?? '';
  const range = monthRange(label);
  if (!range) throw invalid(`“${label}” is not a month.`, 'A month looks like /papers/month/2026-01.');
  return await editionPage(site, c, { kind: 'month', label, range });
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
  const cards = await hydrate(site.db, skeleton.ids);
  const name = editionName(edition);
  const now = today(site);
  const later = edition.range.first > now;
  const isStale = address === '/' && facts.count > 0 && edition.range.last < addDays(now, -QUIET_DAYS);
  const notes = [
    isStale && 'The latest edition here. No newer papers have come since.',
    isMixed(facts) && 'Submitted papers first, then what arXiv announced, newest first.',
  ].filter((note) => note !== false);
  const titles = cards.slice(0, 3).map((card) => texToPlain(card.paper.title));
  return c.html(
    <Layout
      site={site}
      front
      title={address === '/' ? site.config.SITE_NAME : `Papers of ${name}`}
      description={titles.length > 0 ? `${name}: ${titles.join('; ')}` : `Papers of ${name}`}
      canonical={address}
      continued={after !== undefined}
      head={later && <meta name="robots" content="noindex" />}
    >
      <main id="main">
        <EditionBar
          kind={edition.kind}
          name={name}
          count={facts.count}
          day={edition.kind === 'date' ? edition.range.first : lastDayUpTo(edition.range, now)}
          today={now}
          {...neighbours(edition, facts)}
        />
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
