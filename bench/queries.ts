/** How many statements each page sends to the database, and that a longer page sends no more. */

import { createApp } from '#app.ts';
import type { App } from '#app.ts';
import { createHandler } from '#handler.ts';
import { newestEditionDay } from '#feed/edition.ts';
import { listEdition } from '#feed/edition-list.ts';
import { hydrate } from '#feed/hydrate.ts';
import { listByAuthor, listByCategory, listByOrganization } from '#feed/lists.ts';
import { listMatches } from '#feed/search.ts';
import { PAGE_SIZE } from '#feed/skeleton.ts';
import type { PageRequest, Skeleton } from '#feed/skeleton.ts';
import { readConfig } from '#platform/config.ts';
import { monthOf, weekOf } from '#platform/day.ts';
import { indexPapers } from '#search/index-papers.ts';
import { printStarter } from '#sources/starter.ts';
import type { Db } from '#schema.ts';
import type { Bench } from './bench.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';

const TARGET = 5;
/** One of them is the pages' own. */
const SIZES = [10, PAGE_SIZE, 100];
const WORDS = 'learning';
const WORDS_OF_NO_ONE_PAPER = 'learning zeitgeistwort';

interface Page {
  name: string;
  path: string;
  /** The list on it, so that it can be asked for in other lengths; with the number of papers there are for it. */
  list?: (page: PageRequest) => Promise<Skeleton>;
}

interface Counted {
  name: string;
  page: number;
  sizes: number[];
}

export async function measure(bench: Bench): Promise<Figure[]> {
  const corpus = await countAll(await bench.database(), bench.corpus.words);
  // Only the starter edition has submissions and organizations.
  const starter = await countAll(await bench.folder(), 'starter edition');
  const names = [...new Set([...corpus, ...starter].map(({ name }) => name))];
  return names.map((name) => {
    const counted = [...corpus, ...starter].filter((one) => one.name === name);
    const most = Math.max(...counted.map(atItsLongest));
    const sizes = SIZES.map((_, at) => Math.max(...counted.map((one) => one.sizes[at] ?? 0)));
    const note = sizes.some(Boolean) ? `; its list with ${SIZES.join(', ')} papers: ${sizes.join(', ')}` : '';
    return atMost(`queries: ${name}`, most, TARGET, '', note);
  });
}

/** Queries of the page if its list had the length that asks for most. */
function atItsLongest({ page, sizes }: Counted): number {
  const usual = sizes[SIZES.indexOf(PAGE_SIZE)] ?? 0;
  return page - usual + Math.max(usual, ...sizes);
}

async function countAll(DATA_DIR: string, words: string): Promise<Counted[]> {
  const queries: string[] = [];
  const config = readConfig({ DATA_DIR, LOG_LEVEL: 'silent' });
  await using app = await createApp(config, { onQuery: (sql) => queries.push(sql) });
  await printStarter(app);
  await indexPapers(app);
  // Reading the indexes into memory belongs to no page.
  await app.search.state();
  const handler = createHandler(app, 'http://127.0.0.1');
  const counted: Counted[] = [];
  for (const { name, path, list } of await findPages(app)) {
    queries.length = 0;
    const { status } = await handler(new Request(`http://127.0.0.1${path}`));
    if (status >= 400 && !name.startsWith('404')) throw new Error(`${path} (${words}) answered ${status}`);
    const page = queries.length;
    const sizes: number[] = [];
    for (const limit of list ? SIZES : []) {
      queries.length = 0;
      const skeleton = await list?.({ limit });
      if (skeleton && skeleton.ids.length > 0) await hydrate(app.db, skeleton.ids);
      sizes.push(queries.length);
    }
    counted.push({ name, page, sizes });
  }
  return counted;
}

async function findPages(app: App): Promise<Page[]> {
  const { db } = app;
  const day = (await newestEditionDay(db, '9999-12-31')) ?? '';
  const [paper = ''] = (await listEdition(db, { first: day, last: day }, { limit: 1 })).ids;
  const author = await mostFrequent(db, 'paper_authors', 'slug');
  const category = await mostFrequent(db, 'paper_categories', 'category');
  const organization = await db
    .selectFrom('papers')
    .select('organization_slug as slug')
    .where('organization_slug', 'is not', null)
    .executeTakeFirst();
  const edition = (page: PageRequest) => listEdition(db, { first: '0000-01-01', last: day }, page);
  const search = (words: string) => async (page: PageRequest) => {
    const { next } = await listMatches(app, { parts: [{ kind: 'word', text: words }], sort: 'relevance' }, page);
    return { ids: [], next }; // its papers are loaded already
  };
  const second = (await edition({ limit: 1 })).next ?? '';
  return [
    { name: 'front page', path: '/', list: edition },
    { name: 'day', path: `/papers/date/${day}` },
    { name: 'day, second page', path: `/papers/date/${day}?after=${second}` },
    { name: 'week', path: `/papers/week/${weekOf(day)}` },
    { name: 'month', path: `/papers/month/${monthOf(day)}` },
    { name: 'paper', path: `/papers/${paper}` },
    { name: 'author', path: `/authors/${encodeURIComponent(author)}`, list: (page) => listByAuthor(db, author, page) },
    { name: 'category', path: `/categories/${category}`, list: (page) => listByCategory(db, category, page) },
    ...(organization?.slug ? [organizationPage(db, organization.slug)] : []),
    { name: 'search', path: `/search?q=${WORDS}`, list: search(WORDS) },
    {
      name: 'search, some of the words',
      path: `/search?q=${encodeURIComponent(WORDS_OF_NO_ONE_PAPER)}`,
      list: search(WORDS_OF_NO_ONE_PAPER),
    },
    { name: '404 of a paper', path: '/papers/0704.99999' },
    { name: 'citation', path: `/papers/${paper}.bib` },
  ];
}

function organizationPage(db: Db, slug: string): Page {
  return { name: 'organization', path: `/organizations/${slug}`, list: (page) => listByOrganization(db, slug, page) };
}

async function mostFrequent(
  db: Db,
  table: 'paper_authors' | 'paper_categories',
  column: 'slug' | 'category',
): Promise<string> {
  const row = await db
    .selectFrom(table)
    .select((e) => [e.ref(column as never).as('name'), e.fn.countAll().as('papers')])
    .groupBy('name' as never)
    .orderBy('papers', 'desc')
    .executeTakeFirstOrThrow();
  return String(row.name);
}
