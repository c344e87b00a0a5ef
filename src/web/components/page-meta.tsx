/** What search engines and link previews read of any page. */

import type { Site } from '../site.ts';
import { FeedAlternates } from './feed-link.tsx';

export interface PageMetaProps {
  site: Site;
  /** Without the site's name. Plain text. */
  title: string;
  /** For search engines and link previews. Plain text. */
  description?: string;
  /** Path of the page's one address; of the first page where it is one of a list. */
  canonical?: string;
  /** Whether this is the second or a later page of a list. */
  continued?: boolean;
  /** Whether the page is about one text rather than a list or a form. */
  article?: boolean;
  /** The list that this page is, or is a page of, for those who want to follow it; the newest papers where it is none. */
  feed?: { path: string; title: string };
}

/**
 * A later page of a list has no address that lasts: what stands beyond a mark changes with every new paper. So it is
 * neither the first page (whose address would keep its papers from being found) nor to be indexed, only followed;
 * the papers themselves are in the sitemap.
 */
export function PageMeta({
  site,
  title,
  description,
  canonical,
  feed,
  continued = false,
  article = false,
}: PageMetaProps) {
  const url = canonical !== undefined && !continued ? site.url + canonical : undefined;
  return (
    <>
      {description && <meta name="description" content={description} />}
      {url && <link rel="canonical" href={url} />}
      <FeedAlternates {...(feed ?? { path: '/', title: site.config.SITE_NAME })} />
      {continued && <meta name="robots" content="noindex, follow" />}
      <meta property="og:type" content={article ? 'article' : 'website'} />
      <meta property="og:site_name" content={site.config.SITE_NAME} />
      <meta property="og:title" content={title} />
      {description && <meta property="og:description" content={description} />}
      {url && <meta property="og:url" content={url} />}
      <meta name="twitter:card" content="summary" />
    </>
  );
}
