/** News as our own JSON: `type`, `timestamp` and `data`, as the Standard Webhooks convention recommends. */

import type { Card } from '#feed/card.ts';
import { arxivLinks, paperPath } from '#feed/addresses.ts';
import { fullName } from '#papers/paper.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { cleanText } from '#papers/text.ts';
import type { News, Publisher } from '../news.ts';
import { cut } from './paper-line.ts';

/** A collaboration of thousands would make a message of megabytes; `author_count` says how many there are. */
const AUTHORS = 50;
/** Longer than any abstract that arXiv takes (1 920 characters), and a bound on those of other sources. */
const ABSTRACT = 5_000;

export function writeJson(news: News, { siteName, siteUrl }: Publisher): string {
  return JSON.stringify({
    type: news.kind,
    timestamp: new Date(news.at).toISOString(),
    data: {
      site: { name: siteName, url: `${siteUrl}/` },
      title: news.heading,
      url: news.url,
      total: news.total,
      papers: news.cards.map((card) => paperOf(card, news.why(card), siteUrl)),
    },
  });
}

/** Absent facts are null, so that each paper has the same fields. */
function paperOf({ paper, votes, comments }: Card, why: string[], siteUrl: string) {
  const arxiv = arxivLinks(paper);
  return {
    id: paper.id,
    url: siteUrl + paperPath(paper.id),
    title: texToPlain(paper.title),
    authors: paper.authors.slice(0, AUTHORS).map((author) => cleanText(fullName(author))),
    author_count: paper.authorCount,
    organization: paper.organization === null ? null : cleanText(paper.organization.name),
    published: paper.publishedOn,
    categories: paper.categories.map(cleanText),
    abstract: cut(paper.abstract.split('\n').map(texToPlain).filter(Boolean).join('\n\n'), ABSTRACT),
    votes,
    comments,
    why,
    arxiv_url: arxiv?.abstract ?? null,
    pdf_url: arxiv?.pdf ?? null,
    code_url: webUrl(paper.codeUrl),
    project_url: webUrl(paper.projectUrl),
  };
}

/** Of files that were imported anything may stand there. */
function webUrl(url: string | null): string | null {
  return url !== null && /^https?:/i.test(url) ? url : null;
}
