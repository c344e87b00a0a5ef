/** A paper as one item of a feed: everything as text and HTML that any reader shows. */

import { arxivLinks, authorPath, commentPath, organizationPath, paperPath } from '#feed/addresses.ts';
import type { Said } from '#feed/said.ts';
import { dayToEpoch } from '#platform/day.ts';
import { categoryName } from '#papers/category-names.ts';
import { fullName } from '#papers/paper.ts';
import type { Author, Paper } from '#papers/paper.ts';
import { escapeHtml } from '#papers/tex/clean.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { cleanText } from '#papers/text.ts';

export interface FeedItem {
  id: string;
  url: string;
  /** Plain text, TeX as Unicode. */
  title: string;
  /** Plain text, an empty line between paragraphs. */
  text: string;
  html: string;
  /** The first of them; those who wrote it, or else where it was written. */
  authors: { name: string; url: string }[];
  /** `code` as arXiv has it: `cs.LG`. */
  categories: { code: string; name: string | undefined }[];
  /** Epoch ms of the first version. */
  published: number;
  /** Epoch ms of the latest version. */
  updated: number;
  /** Undefined for papers of other sources. */
  arxiv: ReturnType<typeof arxivLinks>;
}

/** Papers of large collaborations have thousands of authors, which no reader shows. */
const AUTHORS = 50;
/** Above an abstract. */
const AUTHORS_IN_LINE = 10;

/** `id` is the item's, `url` the site's. */
export function feedItem(paper: Paper, { id, url }: { id: string; url: string }): FeedItem {
  // Readers that keep to a list of elements drop MathML and run its letters together: Unicode is read everywhere.
  const paragraphs = paper.abstract.split('\n').map(texToPlain).filter(Boolean);
  const published = paper.versions.find(({ number }) => number === 1)?.at ?? dayToEpoch(paper.publishedOn);
  const updated = paper.versions.at(-1)?.at ?? dayToEpoch(paper.updatedOn);
  const pageUrl = url + paperPath(paper.id);
  return {
    id,
    url: pageUrl,
    title: texToPlain(paper.title),
    text: paragraphs.join('\n\n'),
    html: htmlOf(paper, paragraphs, pageUrl),
    authors: authorsOf(paper, url),
    categories: paper.categories.map(cleanText).map((code) => ({ code, name: categoryName(code) })),
    published,
    updated: Math.max(published, updated),
    arxiv: arxivLinks(paper),
  };
}

/** A comment as an item. Readers have no address to complete links by, so ours are made whole. */
export function saidItem(said: Said, { id, url }: { id: string; url: string }): FeedItem {
  const { author, title, text, html, writtenAt, changedAt } = said;
  return {
    id,
    url: url + commentPath({ paperId: said.paperId, id: said.commentId }),
    title: cleanText(title),
    text,
    html: html.replaceAll(/( href=")(?=\/)/g, `$1${url}`),
    authors: author === undefined ? [] : [{ name: cleanText(author.name), url: url + author.path }],
    categories: [],
    published: writtenAt,
    updated: changedAt,
    arxiv: undefined,
  };
}

function authorsOf({ authors, organization }: Paper, url: string): FeedItem['authors'] {
  if (authors.length === 0 && organization) {
    return [{ name: cleanText(organization.name), url: url + organizationPath(organization.slug) }];
  }
  return authors.slice(0, AUTHORS).map((author) => ({ name: cleanName(author), url: url + authorPath(author) }));
}

/** Names are clean as they are stored; this is a second lock. */
function cleanName(author: Author): string {
  return cleanText(fullName(author));
}

function htmlOf(paper: Paper, paragraphs: readonly string[], pageUrl: string): string {
  const byline = bylineOf(paper);
  const remark = paper.withdrawn ? `Withdrawn. ${texToPlain(paper.comments ?? '')}`.trim() : '';
  return [
    ...(byline === '' ? [] : [`<p><em>${escapeHtml(byline)}</em></p>`]),
    ...(remark === '' ? [] : [`<p><strong>${escapeHtml(remark)}</strong></p>`]),
    ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`),
    `<p>${linksOf(paper, pageUrl).join(' · ')}</p>`,
  ].join('\n');
}

/** `A. One, B. Two and 12 more · Some University` */
function bylineOf({ authors, authorCount, organization }: Paper): string {
  const names = authors.slice(0, AUTHORS_IN_LINE).map(cleanName).join(', ');
  const more = authorCount - Math.min(authors.length, AUTHORS_IN_LINE);
  const unnamed = more === 1 ? '1 author' : `${more.toLocaleString('en-US')} authors`;
  const all = names === '' ? unnamed : `${names} and ${more.toLocaleString('en-US')} more`;
  return [more > 0 ? all : names, cleanText(organization?.name ?? '')].filter(Boolean).join(' · ');
}

function linksOf(paper: Paper, pageUrl: string): string[] {
  const arxiv = arxivLinks(paper);
  const links: [name: string, url: string | null | undefined][] = [
    ['Paper', pageUrl],
    ['arXiv', arxiv?.abstract],
    ['PDF', arxiv?.pdf],
    ['Code', paper.codeUrl],
    ['Project', paper.projectUrl],
  ];
  // Of files that were imported anything may stand here.
  return links.flatMap(([name, url]) =>
    url && /^https?:/i.test(url) ? [`<a href="${escapeHtml(url)}">${name}</a>`] : [],
  );
}
