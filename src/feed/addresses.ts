/** The address of everything on the site: pages and feeds link through these, so that there is one spelling of each. */

import { authorSlug } from '#papers/authors.ts';
import { isArxivId } from '#papers/ids.ts';
import type { Author, Paper, PaperId } from '#papers/paper.ts';

/** Old-style ids keep their slash. */
export function paperPath(id: PaperId): string {
  return `/papers/${id.split('/').map(encodeURIComponent).join('/')}`;
}

export function upvotePath(id: PaperId): string {
  return `${paperPath(id)}/upvote`;
}

/** Everybody who voted for it. */
export function votersPath(id: PaperId): string {
  return `${paperPath(id)}/upvotes`;
}

export function commentsPath(id: PaperId): string {
  return `${paperPath(id)}/comments`;
}

/** Of one comment, for good: leads to where it stands. */
export function commentPath({ paperId, id }: { paperId: PaperId; id: string }): string {
  return `${commentsPath(paperId)}/${id}`;
}

/** Somebody's profile. */
export function userPath(name: string): string {
  return `/users/${encodeURIComponent(name)}`;
}

/** Where its submitter and moderators say which code and project page it has. */
export function linksPath(id: PaperId): string {
  return `${paperPath(id)}/links`;
}

export function editionPath(kind: 'date' | 'week' | 'month', label: string): string {
  return `/papers/${kind}/${label}`;
}

export function authorPath(author: Author): string {
  return authorSlugPath(authorSlug(author));
}

export function authorSlugPath(slug: string): string {
  return `/authors/${encodeURIComponent(slug)}`;
}

export function categoryPath(category: string): string {
  return `/categories/${encodeURIComponent(category)}`;
}

export function organizationPath(slug: string): string {
  return `/organizations/${encodeURIComponent(slug)}`;
}

export function searchPath(query: string): string {
  return `/search?q=${encodeURIComponent(query)}`;
}

/** The trending lists; what is usual is left out of the address. */
export function trendingPath({ sort = 'trending', period = 'all' }: { sort?: string; period?: string } = {}): string {
  const asked = [...(sort === 'trending' ? [] : [`sort=${sort}`]), ...(period === 'all' ? [] : [`period=${period}`])];
  return asked.length === 0 ? '/papers/trending' : `/papers/trending?${asked.join('&')}`;
}

/** Papers like those named, and like `text`. Ids of papers need little escaping, so that the address can be read. */
export function similarPath({
  ids = [],
  text = '',
  sort = 'closeness',
}: {
  ids?: readonly PaperId[];
  text?: string;
  sort?: 'closeness' | 'date';
}): string {
  const asked = ids.map((id) => `id=${encodeURIComponent(id).replaceAll('%2F', '/').replaceAll('%3A', ':')}`);
  if (text !== '') asked.push(`text=${encodeURIComponent(text)}`);
  if (sort !== 'closeness') asked.push(`sort=${sort}`);
  return asked.length === 0 ? '/similar' : `/similar?${asked.join('&')}`;
}

/** The same list from the mark `after` on. `path` may have a query already. */
export function pagePath(path: string, after: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`;
}

/** Where arXiv keeps the paper; undefined for papers of other sources. */
export function arxivLinks({ id }: Pick<Paper, 'id'>): { abstract: string; pdf: string; html: string } | undefined {
  if (!isArxivId(id)) return undefined;
  const at = (kind: string) => `https://arxiv.org/${kind}/${id}`;
  return { abstract: at('abs'), pdf: at('pdf'), html: at('html') };
}

/** An id as people cite it: `arXiv:2310.02541`; those of other sources say where they are from. */
export function nameOf(id: PaperId): string {
  return isArxivId(id) ? `arXiv:${id}` : id;
}
