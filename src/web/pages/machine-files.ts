/** Small files that browsers and crawlers ask every site for. */

import type { Context } from 'hono';
import type { Site } from '../site.ts';

/** A folded sheet with a headline, in the accent colour. */
const FAVICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M6 3h20v26H6z" fill="#fbfaf6" stroke="#8a1c1c" stroke-width="2"/><path d="M10 9h12M10 14h12M10 18h12M10 22h7" stroke="#8a1c1c" stroke-width="2"/></svg>`;

export function favicon(c: Context): Response {
  return c.body(FAVICON, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' });
}

/** Searches are endless; everything else may be read. */
export function robots(site: Site, c: Context): Response {
  return c.text(`User-agent: *\nDisallow: /search\n\n# ${site.url}\n`);
}
