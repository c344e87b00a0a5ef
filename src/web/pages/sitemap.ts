/** `/sitemap.xml` and the files it names, as https://www.sitemaps.org/protocol.html has them. */

import type { Context } from 'hono';
import { editionPath, paperPath } from '#feed/addresses.ts';
import { listEditionDays, listPaperFiles, listPapersOfFile } from '#feed/sitemap.ts';
import { today } from '#feed/today.ts';
import { notFound } from '#platform/errors.ts';
import { escapeHtml } from '#papers/tex/clean.ts';
import type { Site } from '../site.ts';

interface Entry {
  path: string;
  lastmod?: string;
}

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

export async function sitemapIndex(site: Site, c: Context): Promise<Response> {
  const files = await listPaperFiles(site.db);
  const entries = ['editions', ...files.map((file) => `papers-${file}`)].map((name) => ({
    path: `/sitemaps/${name}.xml`,
  }));
  return xml(c, 'sitemapindex', 'sitemap', site, entries);
}

/** `editions.xml`: the pages that are always there and every day; `papers-1.xml` and on: every paper. */
export async function sitemapFile(site: Site, c: Context): Promise<Response> {
  const name = c.req.param('name') ?? '';
  if (name === 'editions.xml') {
    const days = await listEditionDays(site.db, today(site));
    const paths = ['/', '/categories', '/organizations', '/about', ...days.map((day) => editionPath('date', day))];
    return xml(
      c,
      'urlset',
      'url',
      site,
      paths.map((path) => ({ path })),
    );
  }
  const [, number = '0'] = /^papers-([1-9]\d{0,8})\.xml$/.exec(name) ?? [];
  const papers = number === '0' ? [] : await listPapersOfFile(site.db, Number(number));
  if (papers.length === 0) throw notFound('There is no such sitemap.', { hint: '/sitemap.xml lists those there are.' });
  return xml(
    c,
    'urlset',
    'url',
    site,
    papers.map(({ id, updatedOn }) => ({ path: paperPath(id), lastmod: updatedOn })),
  );
}

function xml(c: Context, list: string, item: string, site: Site, entries: readonly Entry[]): Response {
  const items = entries.map(({ path, lastmod }) => {
    const changed = lastmod === undefined ? '' : `<lastmod>${lastmod}</lastmod>`;
    return `<${item}><loc>${escapeHtml(site.url + path)}</loc>${changed}</${item}>\n`;
  });
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${list} xmlns="${NAMESPACE}">\n${items.join('')}</${list}>\n`;
  return c.body(body, 200, { 'Content-Type': 'application/xml; charset=utf-8' });
}
