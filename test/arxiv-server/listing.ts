/** The stand-in's listing feeds, RSS and Atom. */

import type { StandInPaper } from './corpus.ts';
import { authorLine } from './oai.ts';
import { DECLARATION, element, escape } from './xml.ts';

export interface ListingAnswer {
  status: number;
  body: string;
}

const ORDER = ['new', 'cross', 'replace', 'replace-cross'];
const NAMESPACES = 'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"';

/** `path` is `/rss/cs.LG+stat`; an archive that does not exist is answered as arXiv does. */
export function listingAnswer(path: string, papers: readonly StandInPaper[], limit = 2_000): ListingAnswer {
  const [, format = '', names = ''] = path.split('/');
  const feeds = decodeURIComponent(names).split('+');
  const unknown = feeds.find((feed) => !/^[a-z-]+(\.[A-Za-z-]+)?$/.test(feed));
  if (unknown !== undefined)
    return { status: 400, body: wrap(format, names, `Bad archive or category "${unknown}".`, '') };
  const items = papers
    .filter(
      ({ announced, categories }) =>
        announced && categories.some((one) => feeds.some((feed) => one === feed || one.startsWith(`${feed}.`))),
    )
    .sort((a, b) => ORDER.indexOf(a.announced?.type ?? '') - ORDER.indexOf(b.announced?.type ?? ''))
    .slice(0, limit);
  return {
    status: 200,
    body: wrap(
      format,
      names,
      `${names} updates on the arXiv.org e-print archive.`,
      items.map(format === 'atom' ? entry : item).join('\n'),
    ),
  };
}

function wrap(format: string, names: string, description: string, content: string): string {
  if (format === 'atom') {
    return `${DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" ${NAMESPACES}><id>http://rss.arxiv.org/atom/${names}</id><title>${names} updates</title>
<subtitle>${escape(description)}</subtitle><link href="http://rss.arxiv.org/atom/${names}" rel="self"/>${content}</feed>`;
  }
  return `${DECLARATION}<rss ${NAMESPACES} version="2.0"><channel><title>${names} updates</title><link>http://rss.arxiv.org/rss/${names}</link>
<description>${escape(description)}</description><pubDate>Tue, 06 Jan 2026 00:00:00 -0500</pubDate><skipDays><day>Sunday</day><day>Saturday</day></skipDays>
${content}</channel></rss>`;
}

function shared(paper: StandInPaper): string {
  const announcement = [
    element('arxiv:announce_type', paper.announced?.type),
    element('dc:rights', paper.license),
    element('arxiv:journal_reference', paper.journalRef),
    element('arxiv:DOI', paper.doi),
    element('dc:creator', authorLine(paper)),
  ];
  return announcement.join('');
}

function item(paper: StandInPaper): string {
  const version = `${paper.id}v${paper.versions.length}`;
  const date = new Date(`${paper.announced?.day}T00:00:00Z`).toUTCString().replace('GMT', '-0500');
  return `<item>${element('title', paper.title)}<link>https://arxiv.org/abs/${paper.id}</link>${element('description', summary(paper, version))}
<guid isPermaLink="false">oai:arXiv.org:${version}</guid>${paper.categories.map((one) => element('category', one)).join('')}<pubDate>${date}</pubDate>${shared(paper)}</item>`;
}

function entry(paper: StandInPaper): string {
  const version = `${paper.id}v${paper.versions.length}`;
  const categories = paper.categories.map((one) => `<category term="${one}"/>`).join('');
  return `<entry><id>oai:arXiv.org:${version}</id>${element('title', paper.title)}<updated>2026-01-06T05:01:02.345678+00:00</updated>
<link href="https://arxiv.org/abs/${paper.id}" rel="alternate" type="text/html"/>${element('summary', summary(paper, version))}${categories}
<published>${paper.announced?.day}T00:00:00-05:00</published>${shared(paper)}</entry>`;
}

function summary(paper: StandInPaper, version: string): string {
  return `arXiv:${version} Announce Type: ${paper.announced?.type} \nAbstract: ${paper.abstract.trim()}`;
}
