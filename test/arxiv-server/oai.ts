/** The stand-in's OAI-PMH: Identify and ListRecords with sets, from, resumption tokens and their expiry. */

import type { StandInPaper } from './corpus.ts';
import { DECLARATION, element, escape } from './xml.ts';

export interface OaiSettings {
  papers: readonly StandInPaper[];
  pageSize: number;
  /** So many records of a page are repeated at the beginning of the next. */
  overlap: number;
  /** Epoch ms. */
  now: number;
  /** Answer every token as if it had expired. */
  forgetTokens: boolean;
}

const EARLIEST = '2005-09-16';
const ARGUMENTS = new Set(['verb', 'metadataPrefix', 'set', 'from', 'until', 'resumptionToken']);

export function oaiAnswer(query: URLSearchParams, settings: OaiSettings): string {
  const names = [...query.keys()];
  if (new Set(names).size !== names.length || names.some((name) => !ARGUMENTS.has(name)))
    return oaiError(settings.now, 'badArgument', 'illegal argument');
  const verb = query.get('verb');
  if (verb === 'Identify')
    return envelope(settings.now, '<Identify><repositoryName>Stand-in</repositoryName></Identify>');
  if (verb !== 'ListRecords') return oaiError(settings.now, 'badVerb', `no verb ${verb}`);
  const token = query.get('resumptionToken');
  if (token === null) return firstPage(query, settings);
  if (names.length !== 2) return oaiError(settings.now, 'badArgument', 'resumptionToken is exclusive');
  const [day, ...rest] = token.split('|');
  if (settings.forgetTokens || day !== dayOf(settings.now))
    return oaiError(settings.now, 'badResumptionToken', 'the token has expired');
  const [prefix = '', set = '', from = '', skip = '0'] = rest;
  return page({ prefix, set, from, skip: Number(skip) }, settings);
}

export function oaiError(now: number, code: string, message: string): string {
  return envelope(now, `<error code="${code}">${escape(message)}</error>`);
}

function firstPage(query: URLSearchParams, settings: OaiSettings): string {
  const prefix = query.get('metadataPrefix') ?? '';
  const from = query.get('from') ?? '';
  if (prefix !== 'arXiv' && prefix !== 'arXivRaw') return oaiError(settings.now, 'cannotDisseminateFormat', prefix);
  if (from !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(from))
    return oaiError(settings.now, 'badArgument', 'from is not a day');
  if (from !== '' && from < EARLIEST) return oaiError(settings.now, 'badArgument', 'start date too early');
  return page({ prefix, set: query.get('set') ?? '', from, skip: 0 }, settings);
}

interface Position {
  prefix: string;
  set: string;
  from: string;
  skip: number;
}

function page({ prefix, set, from, skip }: Position, { papers, pageSize, overlap, now }: OaiSettings): string {
  const wanted = papers
    .filter((paper) => isInSet(paper, set) && paper.datestamp >= from)
    .sort((a, b) => (a.datestamp < b.datestamp ? -1 : a.datestamp > b.datestamp ? 1 : 0));
  if (wanted.length === 0) return oaiError(now, 'noRecordsMatch', 'nothing matches');
  const records = wanted.slice(Math.max(0, skip - overlap), skip + pageSize).map((paper) => recordOf(paper, prefix));
  const next = [dayOf(now), prefix, set, from, skip + pageSize].join('|');
  const expires = `${dayOf(now + 86_400_000)}T00:00:00Z`;
  const token =
    skip + pageSize < wanted.length
      ? `<resumptionToken expirationDate="${expires}">${escape(next)}</resumptionToken>`
      : skip > 0
        ? '<resumptionToken></resumptionToken>'
        : '';
  return envelope(now, `<ListRecords>\n${records.join('\n')}\n${token}</ListRecords>`);
}

function isInSet({ categories }: StandInPaper, set: string): boolean {
  const [group = '', archive = group, category] = set.split(':');
  const name = category === undefined ? archive : `${archive}.${category}`;
  return set === '' || categories.some((one) => one === name || one.startsWith(`${name}.`));
}

function envelope(now: number, content: string): string {
  const time = new Date(now).toISOString().replace(/\.\d+/, '');
  return `${DECLARATION}<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>${time}</responseDate>
<request verb="ListRecords">http://stand-in/oai</request>${content}</OAI-PMH>`;
}

export function recordOf(paper: StandInPaper, prefix: string): string {
  const metadata = prefix === 'arXiv' ? structured(paper) : raw(paper);
  return `<record><header><identifier>oai:arXiv.org:${paper.id}</identifier><datestamp>${paper.datestamp}</datestamp></header>
<metadata>${metadata}</metadata></record>`;
}

function structured(paper: StandInPaper): string {
  const [first, last] = [paper.versions[0], paper.versions.at(-1)];
  const authors = paper.authors.map(
    ({ keyname, forenames, suffix }) =>
      `<author>${element('keyname', keyname)}${element('forenames', forenames)}${element('suffix', suffix)}</author>`,
  );
  return `<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>${paper.id}</id>${element('created', first?.at.slice(0, 10))}${
    paper.versions.length > 1 ? element('updated', last?.at.slice(0, 10)) : ''
  }<authors>${authors.join('')}</authors>${common(paper)}</arXiv>`;
}

function raw(paper: StandInPaper): string {
  const versions = paper.versions.map(
    ({ at, sourceType }, index) =>
      `<version version="v${index + 1}">${element('date', new Date(at).toUTCString())}<size>12kb</size>${element('source_type', sourceType)}</version>`,
  );
  return `<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>${paper.id}</id><submitter>Ada Submitter</submitter>${versions.join('')}${element(
    'authors',
    authorLine(paper),
  )}${common(paper)}</arXivRaw>`;
}

/** As arXiv writes names in one string: TeX accents, affiliations in brackets. */
export function authorLine({ authors }: StandInPaper): string {
  return authors
    .map(({ keyname, forenames, suffix, affiliation }) => {
      const name = [forenames, keyname, suffix]
        .filter(Boolean)
        .join(' ')
        .replaceAll('ü', '\\"u')
        .replaceAll('í', "\\'{\\i}");
      return affiliation === undefined ? name : `${name} (${affiliation})`;
    })
    .join(', ');
}

function common(paper: StandInPaper): string {
  return [
    element('title', paper.title),
    element('categories', paper.categories.join(' ')),
    element('comments', paper.comments),
    '<acm-class>68T05</acm-class>', // arXiv's own slip: the MSC class
    element('journal-ref', paper.journalRef),
    element('doi', paper.doi),
    element('license', paper.license),
    element('abstract', paper.abstract),
  ].join('');
}

function dayOf(epoch: number): string {
  return new Date(epoch).toISOString().slice(0, 10);
}
