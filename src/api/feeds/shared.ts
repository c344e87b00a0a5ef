/** What the formats say alike. */

import type { Feed } from './feed.ts';

/** The scheme of arXiv's categories, as arXiv's own feeds name it. */
export const ARXIV_SCHEME = 'http://arxiv.org/schemas/atom';

export function iconUrls({ siteUrl }: Feed): { small: string; large: string } {
  return { small: `${siteUrl}favicon.ico`, large: `${siteUrl}apple-touch-icon.png` };
}
