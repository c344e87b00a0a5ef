/** Small files that browsers and crawlers ask every site for. */

import type { Context } from 'hono';
import { escaped } from '#platform/jsx/html.ts';
import { iconIco, iconSvg, touchIconPng } from '../icon.ts';
import type { Site } from '../site.ts';

const ICONS = {
  '/favicon.svg': { type: 'image/svg+xml', make: iconSvg },
  '/favicon.ico': { type: 'image/x-icon', make: iconIco },
  '/apple-touch-icon.png': { type: 'image/png', make: touchIconPng },
};

export const iconPaths = Object.keys(ICONS) as (keyof typeof ICONS)[];

export function icon(c: Context, path: keyof typeof ICONS): Response {
  const { type, make } = ICONS[path];
  return c.body(make(), 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=86400' });
}

/** Searches are endless, and so are ways to the sign-in page; everything else may be read. */
export function robots(site: Site, c: Context): Response {
  return c.text(`User-agent: *\nDisallow: /search\nDisallow: /sign-in\n\nSitemap: ${site.url}/sitemap.xml\n`);
}

/** Most characters of the two names, as OpenSearch 1.1 has it. */
const SHORT_NAME = 16;
const LONG_NAME = 48;

/** What a browser reads to offer the site among its search engines, and a reader of feeds to follow a search. */
export function openSearch(site: Site, c: Context): Response {
  const name = site.config.SITE_NAME;
  const lines = [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">`,
    `<ShortName>${escaped(name.slice(0, SHORT_NAME).trim())}</ShortName>`,
    `<LongName>${escaped(name.slice(0, LONG_NAME).trim())}</LongName>`,
    `<Description>${escaped(`Search the papers of ${name}`)}</Description>`,
    `<InputEncoding>UTF-8</InputEncoding>`,
    `<Image width="32" height="32" type="image/x-icon">${escaped(site.url)}/favicon.ico</Image>`,
    `<Url type="text/html" template="${escaped(site.url)}/search?q={searchTerms}"/>`,
    `<Url type="application/atom+xml" template="${escaped(site.url)}/search.atom?q={searchTerms}"/>`,
    `</OpenSearchDescription>`,
  ];
  return c.body(`${lines.join('\n')}\n`, 200, {
    'Content-Type': 'application/opensearchdescription+xml; charset=utf-8',
  });
}
