/** The front page, and the editions of a day, an ISO week or a month. */

import type { Context } from 'hono';
import { describeEdition, listEdition, newestEditionDay } from '#feed/edition.ts';
import type { EditionFacts } from '#feed/edition.ts';
import { hydrate } from '#feed/hydrate.ts';
import { PAGE_SIZE } from '#feed/skeleton.ts';
import { isDay, monthOf, monthRange, weekOf, weekRange } from '#platform/day.ts';
import type { Day, DayRange } from '#platform/day.ts';
import { invalid } from '#platform/errors.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { editionPath } from '../addresses.ts';
import { EditionBar } from '../components/edition-bar.tsx';
import type { EditionKind, Neighbour } from '../components/edition-bar.tsx';
import { Layout } from '../components/layout.tsx';
import { PaperList } from '../components/paper-list.tsx';
import { longDate, monthName, rangeDates, shortDate } from '../dates.ts';
import { today } from '../site.ts';
import type { Site } from '../site.ts';

interface Edition {
  kind: EditionKind;
  /** `2026-01-06`, `2026-W02`, `2026-01` */
  label: string;
  range: DayRange;
}

/** `/`: today's edition, or the newest that exists. */
export async function frontPage(site: Site, c: Context): Promise<Response> {
  const day = (await newestEditionDay(site.db, today(site))) ?? today(site);
  return await editionPage(site, c, { kind: 'date', label: day, range: { first: day, last: day } }, '/');
}

export async function dayPage(site: Site, c: Context): Promise<Response> {
  const label = c.req.param('day') ?? '';
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
  const titles = cards.slice(0, 3).map((card) => texToPlain(card.paper.title));
  return c.html(
    <Layout
      site={site}
      front
      title={address === '/' ? site.config.SITE_NAME : `Papers of ${name}`}
      description={titles.length > 0 ? `${name}: ${titles.join('; ')}` : `Papers of ${name}`}
      canonical={address}
      continued={after !== undefined}
    >
      <main id="main">
        <EditionBar
          kind={edition.kind}
          name={name}
          count={facts.count}
          day={edition.kind === 'date' ? edition.range.first : lastDayUpTo(edition.range, today(site))}
          today={today(site)}
          {...neighbours(edition.kind, facts)}
        />
        {cards.length > 0 ? (
          <PaperList cards={cards} path={address} next={skeleton.next} continued={after !== undefined} lead />
        ) : (
          <EmptyEdition name={name} {...neighbours('date', facts)} />
        )}
      </main>
    </Layout>,
  );
}

function lastDayUpTo(range: DayRange, day: Day): Day {
  return range.last < day ? range.last : day < range.first ? range.first : day;
}

function editionName({ kind, label, range }: Edition): string {
  if (kind === 'date') return longDate(range.first);
  if (kind === 'month') return monthName(range.first);
  return `Week ${Number(label.slice(-2))}, ${rangeDates(range)}`;
}

/** The next edition of the same kind that has papers, in both directions. */
function neighbours(
  kind: EditionKind,
  facts: EditionFacts,
): { before: Neighbour | undefined; after: Neighbour | undefined } {
  const neighbour = (day: Day | null): Neighbour | undefined => {
    if (day === null) return undefined;
    if (kind === 'date') return { path: editionPath('date', day), label: shortDate(day) };
    if (kind === 'month') return { path: editionPath('month', monthOf(day)), label: monthName(day) };
    return { path: editionPath('week', weekOf(day)), label: `Week ${Number(weekOf(day).slice(-2))}` };
  };
  return { before: neighbour(facts.before), after: neighbour(facts.after) };
}

function EmptyEdition({
  name,
  before,
  after,
}: {
  name: string;
  before: Neighbour | undefined;
  after: Neighbour | undefined;
}) {
  return (
    <div class="notice">
      <h2>No papers for {name}</h2>
      <p>arXiv announces papers on the evenings of Sunday to Thursday, so weekends and holidays stay empty.</p>
      <p>
        {before && (
          <a class="button" href={before.path}>
            Read {before.label}
          </a>
        )}
        {after && (
          <a class="button" href={after.path}>
            Read {after.label}
          </a>
        )}
        {!before && !after && <a href="/search">Search all papers</a>}
      </p>
    </div>
  );
}
