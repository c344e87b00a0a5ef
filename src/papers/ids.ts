/** arXiv identifiers in all their spellings, and what counts as a paper's id. */

import type { PaperId } from './paper.ts';

export interface ArxivId {
  /** Canonical, without version: `2310.02541`, `hep-th/9110025`. */
  id: string;
  version?: number;
}

/** Archives that gave out ids before April 2007, those later subsumed included (arxiv.org/archive). */
const OLD_ARCHIVES = new Set(
  (
    'acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga ' +
    'funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph ' +
    'q-alg q-bio quant-ph solv-int supr-con'
  ).split(' '),
);

/** What people paste: addresses of arXiv and its mirrors and readers, the DOI that arXiv registers, the OAI name. */
const PREFIX =
  /^(?:(?:https?:\/\/)?(?:[a-z]{2,7}\.)?(?:arxiv|alphaxiv)\.org\/(?:abs|pdf|html|format|src|e-print|ps|overview)\/|(?:https?:\/\/)?(?:www\.)?huggingface\.co\/papers\/|(?:(?:https?:\/\/)?(?:dx\.)?doi\.org\/|doi:\s*)?10\.48550\/arxiv\.|oai:arxiv\.org:|arxiv:\s*)/i;
const NEW_STYLE = /^(\d{2})(\d{2})\.(\d{4,5})(?:v(\d{1,3}))?$/i;
const OLD_STYLE = /^([a-z-]{2,9})(?:\.[a-z-]{2,9})?\/(\d{2})(\d{2})(\d{3})(?:v(\d{1,3}))?$/i;
/** After the id: a file suffix, a query or fragment, a slash, or the rest of the stamp on a PDF's first page. */
const TAIL = /(?:\.pdf)?\/?(?:[?#].*)?(?:\s*\[[\w.-]{2,20}\].*)?$/i;
/** The page of a paper and of its PDF; what follows the id points at a note below it. */
const OPENREVIEW = /^(?:https?:\/\/)?(?:www\.)?openreview\.net\/(?:forum|pdf)\?id=([\w-]+)(?:[&#].*)?$/i;
/** No spelling of an id is longer; keeps hostile input out of the patterns. */
const LONGEST = 200;

/** Reads one id from its canonical or any other common spelling; undefined if there is no such id. */
export function parseArxivId(text: string): ArxivId | undefined {
  if (text.length > LONGEST) return undefined;
  const bare = text.trim().replace(PREFIX, '').replace(TAIL, '').replace(/%2f/i, '/');
  return readNewStyle(bare) ?? readOldStyle(bare);
}

/** `YYMM.NNNN` from April 2007 to December 2014, `YYMM.NNNNN` since (info.arxiv.org/help/arxiv_identifier). */
function readNewStyle(text: string): ArxivId | undefined {
  const [, year = '', month = '', number = '', version] = NEW_STYLE.exec(text) ?? [];
  const period = Number(year + month);
  // Before 2091 no year is also one of the old style, and nothing needs more yet.
  if (!isMonth(month) || period < 704 || Number(year) > 90 || Number(number) === 0) return undefined;
  if (number.length !== (period < 1501 ? 4 : 5)) return undefined;
  return withVersion(`${year}${month}.${number}`, version);
}

/** `archive/YYMMNNN`, July 1991 to March 2007; the subject class after the archive is not part of the id. */
function readOldStyle(text: string): ArxivId | undefined {
  const [, archive = '', year = '', month = '', number = '', version] = OLD_STYLE.exec(text) ?? [];
  const name = archive.toLowerCase();
  const period = Number(year) < 91 ? Number(`20${year}${month}`) : Number(`19${year}${month}`);
  if (!OLD_ARCHIVES.has(name) || !isMonth(month) || Number(number) === 0) return undefined;
  if (period < 199_107 || period > 200_703) return undefined;
  return withVersion(`${name}/${year}${month}${number}`, version);
}

function isMonth(month: string): boolean {
  return month >= '01' && month <= '12';
}

function withVersion(id: string, version: string | undefined): ArxivId | undefined {
  if (version === undefined) return { id };
  return version.startsWith('0') ? undefined : { id, version: Number(version) };
}

/** The id under which a paper is stored, from any spelling of it; undefined if there is no such id. */
export function parsePaperId(text: string): PaperId | undefined {
  const arxiv = parseArxivId(text);
  if (arxiv) return arxiv.id;
  if (text.length > LONGEST) return undefined;
  const [, forum] = OPENREVIEW.exec(text.trim()) ?? [];
  if (forum !== undefined) return `openreview:${forum}`;
  const [, prefix = '', name = ''] = /^(doi|openreview):\s*([!-~]+)$/i.exec(text.trim()) ?? [];
  if (name === '') return undefined;
  const source = prefix.toLowerCase();
  // DOIs are the same in either case (DOI Handbook 2.4); OpenReview's ids are not.
  return `${source}:${source === 'doi' ? name.toLowerCase() : name}`;
}

/** Whether `text` is a paper's id exactly as it is stored. */
export function isPaperId(text: string): boolean {
  return parsePaperId(text) === text;
}

/** Whether `id` is one of arXiv's, exactly as it is stored. */
export function isArxivId(id: PaperId): boolean {
  // Nearly all are of the new style and spelt as they are stored; a list asks this of each several times.
  return readNewStyle(id)?.id === id || parseArxivId(id)?.id === id;
}

/** The month in which arXiv gave out this id, which is part of it: `2023-10`. Undefined for papers of other sources. */
export function arxivMonth(id: PaperId): string | undefined {
  if (!isArxivId(id)) return undefined;
  const digits = id.slice(id.indexOf('/') + 1);
  const year = Number(digits.slice(0, 2));
  return `${year < 91 ? 2000 + year : 1900 + year}-${digits.slice(2, 4)}`;
}
