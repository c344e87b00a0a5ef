/** The stand-in's query API: `id_list` with one id. */

import type { StandInPaper } from './corpus.ts';
import { DECLARATION, element } from './xml.ts';

export interface ApiAnswer {
  status: number;
  body: string;
}

export function apiAnswer(query: URLSearchParams, papers: readonly StandInPaper[]): ApiAnswer {
  const wanted = query.get('id_list') ?? '';
  if (!/^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?$/.test(wanted))
    return { status: 400, body: feed(errorEntry(wanted)) };
  const paper = papers.find(({ id }) => id === wanted.replace(/v\d+$/, ''));
  return { status: 200, body: feed(paper === undefined ? '' : entry(paper)) };
}

function feed(content: string): string {
  return `${DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<id>https://arxiv.org/api/x</id><title>arXiv Query</title>${content}</feed>`;
}

function errorEntry(id: string): string {
  return `<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_${id}</id><title>Error</title>
<summary>incorrect id format for ${id}</summary><author><name>arXiv api core</name></author></entry>`;
}

function entry(paper: StandInPaper): string {
  const authors = paper.authors.map(
    ({ forenames, keyname, suffix, affiliation }) =>
      `<author>${element('name', [forenames, keyname, suffix].filter(Boolean).join(' '))}${element('arxiv:affiliation', affiliation)}</author>`,
  );
  return `<entry><id>http://arxiv.org/abs/${paper.id}v${paper.versions.length}</id>${element('title', paper.title)}
${element('published', paper.versions[0]?.at)}${element('updated', paper.versions.at(-1)?.at)}${element('summary', paper.abstract)}
${paper.categories.map((one) => `<category term="${one}" scheme="http://arxiv.org/schemas/atom"/>`).join('')}<category term="68T05" scheme="http://msc"/>
<arxiv:primary_category term="${paper.categories[0]}"/>${element('arxiv:comment', paper.comments)}${element('arxiv:journal_ref', paper.journalRef)}
${element('arxiv:doi', paper.doi)}${authors.join('')}</entry>`;
}
