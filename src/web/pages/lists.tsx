/** Everything by one author, in one category, of one organization; newest first. */

import type { Context } from 'hono';
import { viewerOf } from '#accounts/current-viewer.ts';
import { countByAuthor, countByCategory, countByOrganization } from '#feed/lists.ts';
import type { Moved } from '#feed/named-list.ts';
import { openAuthor, openCategory, openOrganization } from '#feed/open-lists.ts';
import type { DatedList } from '#feed/open-lists.ts';
import { PAGE_SIZE } from '#feed/skeleton.ts';
import { countOf } from '../counts.ts';
import { FeedLink } from '../components/feed-link.tsx';
import { Layout } from '../components/layout.tsx';
import { MailLink } from '../components/offer.tsx';
import type { OfferedTopic } from '../components/offer.tsx';
import { PaperList } from '../components/paper-list.tsx';
import type { Site } from '../site.ts';

export async function authorPage(site: Site, c: Context): Promise<Response> {
  const slug = c.req.param('slug') ?? '';
  return await listPage(site, c, {
    list: await openAuthor(site.db, slug, pageRequest(c)),
    count: () => countByAuthor(site.db, slug),
    offered: { field: 'authors', value: `/authors/${slug}` },
  });
}

export async function categoryPage(site: Site, c: Context): Promise<Response> {
  const category = c.req.param('category') ?? '';
  return await listPage(site, c, {
    list: await openCategory(site.db, category, pageRequest(c)),
    count: () => countByCategory(site.db, category),
    offered: { field: 'categories', value: category },
    category,
  });
}

export async function organizationPage(site: Site, c: Context): Promise<Response> {
  const slug = c.req.param('slug') ?? '';
  return await listPage(site, c, {
    list: await openOrganization(site.db, slug, pageRequest(c)),
    count: () => countByOrganization(site.db, slug),
    offered: { field: 'organizations', value: `/organizations/${slug}` },
  });
}

const WORDS = { authors: 'New papers by ', categories: 'New papers in ', organizations: 'New papers of ' };

function pageRequest(c: Context) {
  return { limit: PAGE_SIZE, after: c.req.query('after'), viewerId: viewerOf(c)?.id };
}

interface ListPage {
  list: DatedList | Moved;
  /** How many papers are in the whole list. */
  count: () => Promise<number>;
  /** What can be had by mail. */
  offered: Pick<OfferedTopic, 'field' | 'value'>;
  /** Set where it is the list of one. */
  category?: string;
}

async function listPage(site: Site, c: Context, { list, count, offered, category }: ListPage): Promise<Response> {
  if ('movedTo' in list) return c.redirect(list.movedTo, list.forGood ? 301 : 302);
  const { title, kind, path, about, cards, next } = list;
  const continued = c.req.query('after') !== undefined;
  // Later pages are mostly read by a script that takes their cards alone.
  const words = WORDS[offered.field] + title;
  const papers = continued ? undefined : await count();
  return c.html(
    <Layout
      site={site}
      c={c}
      title={title}
      description={about}
      canonical={path}
      continued={continued}
      feed={{ path, title }}
      {...(continued ? {} : { offer: { place: 'top', topic: { ...offered, words: `${words} in your inbox` } } })}
    >
      <main id="main">
        <div class="list-head">
          <p class="kicker">{kind}</p>
          <h1 dir="auto">{title}</h1>
          <p>
            {papers === undefined ? 'Newest first' : `${countOf(papers)}, newest first`} <FeedLink path={path} />
            <MailLink {...offered} />
          </p>
        </div>
        <PaperList cards={cards} path={path} next={next} continued={continued} category={category} />
      </main>
    </Layout>,
  );
}
