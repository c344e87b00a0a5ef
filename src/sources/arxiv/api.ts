/** One paper by its id from arXiv's query API, for people who want a paper indexed now. */

import type { SourceContext } from '../context.ts';
import { latestDay, refuseImpossibleDays, statedDays } from '../possible-days.ts';
import { scheduledListingDay } from '#papers/announcement.ts';
import { parseAuthorName } from '#papers/authors.ts';
import { parseArxivId } from '#papers/ids.ts';
import { findLinks } from '#papers/links.ts';
import type { Author, PaperDraft, PaperId } from '#papers/paper.ts';
import { epochToDay } from '#platform/day.ts';
import { AppError, invalid } from '#platform/errors.ts';
import { readDocument } from './document.ts';
import { abstractOf, arxivCategories, doiOf, field, instant, requiredField, requiredId } from './fields.ts';
import { arxivGet, failed } from './request.ts';
import { saysWithdrawn } from './withdrawn.ts';
import { attribute, child, children, rootName, textOf } from './xml.ts';
import type { XmlNode } from './xml.ts';

/** An answer's only entry: a paper, or what went wrong. */
export type ApiEntry = { draft: PaperDraft } | { error: string };

/** Undefined if arXiv has no such paper. Always the newest version, whatever version the id names. */
export async function fetchPaper(
  context: SourceContext,
  id: PaperId,
  signal?: AbortSignal,
): Promise<PaperDraft | undefined> {
  const wanted = parseArxivId(id);
  if (wanted === undefined)
    throw invalid(`"${id.slice(0, 60)}" is not an arXiv id.`, 'An arXiv id looks like 2310.02541 or hep-th/9110025.');
  const url = new URL(context.config.ARXIV_API_URL);
  url.searchParams.set('id_list', wanted.id);
  url.searchParams.set('max_results', '1');
  const answer = await arxivGet(context, url.href, { signal });
  // Status 400 comes with a feed that says why.
  if (answer.status !== 200 && answer.status !== 400) throw failed(answer.url, `it answered ${answer.status}`);
  const { items } = await readDocument(context, answer, {
    source: 'api',
    records: ['entry'],
    read: (node) => {
      const entry = readEntry(node);
      if ('draft' in entry) refuseImpossibleDays(statedDays(entry.draft), latestDay(context.clock.now()));
      return entry;
    },
    check: checkFrame,
  });
  const [entry] = items;
  if (entry === undefined) return undefined;
  if ('draft' in entry) return entry.draft.id === wanted.id ? entry.draft : undefined;
  if (/incorrect id format/i.test(entry.error)) return undefined;
  throw failed(answer.url, `it answered "${entry.error}"`);
}

function checkFrame(frame: XmlNode): void {
  if (rootName(frame) !== 'feed') throw new AppError('upstream', `it is not an Atom feed but <${rootName(frame)}>`);
}

/** Throws an AppError for an entry that makes no sense. */
export function readEntry(entry: XmlNode): ApiEntry {
  const id = requiredField(entry, 'id');
  if (/\/api\/errors/.test(id))
    return { error: (field(entry, 'summary') ?? 'an error without a reason').slice(0, 200) };
  return { draft: readDraft(entry, id) };
}

function readDraft(entry: XmlNode, address: string): PaperDraft {
  const { id, version = 1 } = requiredId(address);
  const published = instant(requiredField(entry, 'published'));
  const updated = instant(requiredField(entry, 'updated'));
  const abstract = abstractOf(textOf(child(entry, 'summary')));
  const comments = field(entry, 'comment') ?? null;
  const first = { number: 1, at: published };
  return {
    id,
    title: requiredField(entry, 'title'),
    abstract,
    authors: children(entry, 'author').flatMap(readAuthor),
    categories: readCategories(entry),
    versions: version === 1 ? [first] : [first, { number: version, at: updated }],
    publishedOn: epochToDay(published),
    updatedOn: epochToDay(updated),
    comments,
    journalRef: field(entry, 'journal_ref') ?? null,
    doi: doiOf(field(entry, 'doi')),
    ...findLinks(abstract, comments),
    ...(saysWithdrawn(comments ?? undefined, abstract) ? { withdrawn: true } : {}),
    announcedOn: scheduledListingDay(published),
  };
}

/** The API gives whole names, one element each. */
function readAuthor(node: XmlNode): Author[] {
  const affiliation = children(node, 'affiliation')
    .map((one) => field({ one }, 'one'))
    .filter(Boolean)
    .join('; ');
  const name = field(node, 'name');
  if (name === undefined) return [];
  const author = parseAuthorName(name);
  return [affiliation === '' ? author : { ...author, affiliation }];
}

function readCategories(entry: XmlNode): string[] {
  const primary = attribute(child(entry, 'primary_category'), 'term');
  const terms = children(entry, 'category').map((category) => attribute(category, 'term') ?? '');
  return arxivCategories(primary === undefined ? terms : [primary, ...terms]);
}
