/** Where a reader goes on after a form that stands on many pages: to where they were. */

import type { Context } from 'hono';
import { safeNext } from './next-path.ts';
import type { Site } from './site.ts';

/** The page of ours that the form stood on, if the browser says so; otherwise `fallback`. A path without fragment. */
export function wayBack(site: Site, c: Context, fallback: string): string {
  const referer = c.req.header('referer') ?? '';
  const from = URL.canParse(referer) ? new URL(referer) : undefined;
  const ours = [new URL(site.url).origin, new URL(c.req.url).origin];
  if (from === undefined || !ours.includes(from.origin)) return fallback;
  const path = from.pathname + from.search;
  return safeNext(path) === path ? path : fallback;
}
