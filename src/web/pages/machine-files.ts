/** Small files that browsers and crawlers ask every site for. */

import type { Context } from 'hono';
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
