/** The address of everything on the site: pages link through these, so that there is one spelling of each. */

import { authorSlug } from '#papers/authors.ts';
import { isArxivId } from '#papers/ids.ts';
import type { Author, Paper, PaperId } from '#papers/paper.ts';

/** Old-style ids keep their slash. */
export function paperPath(id: PaperId): string {
  return `/papers/${id.split('/').map(encodeURIComponent).join('/')}`;
}

export function editionPath(kind: 'date' | 'week' | 'month', label: string): string {
  return `/papers/${kind}/${label}`;
}

export function authorPath(author: Author): string {
  return `/authors/${encodeURIComponent(authorSlug(author))}`;
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
