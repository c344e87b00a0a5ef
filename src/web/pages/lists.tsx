/** Everything by one author, in one category, of one organization; newest first. */

import type { Context } from 'hono';
import type { Card } from '#feed/card.ts';
import { hydrate } from '#feed/hydrate.ts';
import {
  countByAuthor,
  countByCategory,
  countByOrganization,
  listByAuthor,
  listByCategory,
  listByOrganization,
} from '#feed/lists.ts';
import { PAGE_SIZE } from '#feed/skeleton.ts';
import type { Skeleton } from '#feed/skeleton.ts';
import { notFound } from '#platform/errors.ts';
import { authorSlug } from '#papers/authors.ts';
import { canonicalCategory, categoryName } from '#papers/category-names.ts';
import { fullName } from '#papers/paper.ts';
import { findOrganization } from '#papers/store.ts';
import { categoryPath, organizationPath } from '../addresses.ts';
import { countOf } from '../counts.ts';
import { Layout } from '../components/layout.tsx';
import { PaperList } from '../components/paper-list.tsx';
import type { Site } from '../site.ts';

export async function authorPage(site: Site, c: Context): Promise<Response> {
  const slug = c.req.param('slug') ?? '';
  if (slug !== slug.toLowerCase()) return c.redirect(`/authors/${encodeURIComponent(slug.toLowerCase())}`, 301);
  const skeleton = await listByAuthor(site.db, slug, pageRequest(c));
  const cards = await hydrate(site.db, skeleton.ids);
  const author = cards.flatMap((card) => card.paper.authors).find((one) => authorSlug(one) === slug);
  if (!author) {
    throw notFound(`No paper here has an author “${slug}”.`, {
      hint: 'Names are written like /authors/yixiao-huang. A search finds other spellings.',
    });
  }
  const name = fullName(author);
  return listPage(site, c, {
    title: name,
    kind: 'Author',
    path: `/authors/${encodeURIComponent(slug)}`,
    count: await onFirstPage(c, () => countByAuthor(site.db, slug)),
    cards,
    skeleton,
  });
}

export async function categoryPage(site: Site, c: Context): Promise<Response> {
  const category = c.req.param('category') ?? '';
  const canonical = canonicalCategory(category);
  if (canonical !== undefined && canonical !== category) return c.redirect(categoryPath(canonical), 301);
  const skeleton = await listByCategory(site.db, category, pageRequest(c));
  if (skeleton.ids.length === 0 && c.req.query('after') === undefined) {
    throw notFound(`No paper here is in a category “${category}”.`, {
      hint: 'Categories are written as arXiv writes them: /categories/cs.LG, or /categories/cs for all of computer science.',
    });
  }
  const cards = await hydrate(site.db, skeleton.ids);
  const name = categoryName(category);
  return listPage(site, c, {
    title: name ?? category,
    kind: name === undefined ? 'Category' : `Category ${category}`,
    path: categoryPath(category),
    count: await onFirstPage(c, () => countByCategory(site.db, category)),
    category,
    cards,
    skeleton,
  });
}

export async function organizationPage(site: Site, c: Context): Promise<Response> {
  const slug = c.req.param('slug') ?? '';
  if (slug !== slug.toLowerCase()) return c.redirect(organizationPath(slug.toLowerCase()), 301);
  const organization = await findOrganization(site.db, slug);
  if (!organization)
    throw notFound(`No organization here is called “${slug}”.`, { hint: 'All of them: /organizations' });
  const skeleton = await listByOrganization(site.db, slug, pageRequest(c));
  const cards = await hydrate(site.db, skeleton.ids);
  return listPage(site, c, {
    title: organization.name,
    kind: 'Organization',
    path: organizationPath(slug),
    count: await onFirstPage(c, () => countByOrganization(site.db, slug)),
    cards,
    skeleton,
  });
}

function pageRequest(c: Context) {
  return { limit: PAGE_SIZE, after: c.req.query('after') };
}

/** Later pages are mostly read by a script that takes their cards alone. */
async function onFirstPage(c: Context, count: () => Promise<number>): Promise<number | undefined> {
  return c.req.query('after') === undefined ? await count() : undefined;
}

interface ListPage {
  title: string;
  kind: string;
  path: string;
  /** Papers in the whole list; undefined on its later pages. */
  count: number | undefined;
  /** Set where it is the list of one. */
  category?: string;
  cards: readonly Card[];
  skeleton: Skeleton;
}

function listPage(
  site: Site,
  c: Context,
  { title, kind, path, count, category, cards, skeleton }: ListPage,
): Response | Promise<Response> {
  const continued = c.req.query('after') !== undefined;
  return c.html(
    <Layout
      site={site}
      title={title}
      description={`${kind}: ${title}. Papers, newest first.`}
      canonical={path}
      continued={continued}
    >
      <main id="main">
        <div class="list-head">
          <p class="kicker">{kind}</p>
          <h1 dir="auto">{title}</h1>
          <p>{count === undefined ? 'Newest first' : `${countOf(count)}, newest first`}</p>
        </div>
        <PaperList cards={cards} path={path} next={skeleton.next} continued={continued} category={category} />
      </main>
    </Layout>,
  );
}
