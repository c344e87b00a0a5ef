/** OAI-PMH records of the prefixes `arXiv` and `arXivRaw` as paper drafts, whatever the order of their elements. */

import { scheduledListingDay } from '#papers/announcement.ts';
import { readSuffix } from '#papers/author-name.ts';
import { parseAuthors } from '#papers/authors.ts';
import { findLinks } from '#papers/links.ts';
import type { Author, PaperDraft, PaperVersion } from '#papers/paper.ts';
import { cleanText } from '#papers/text.ts';
import { epochToDay } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { AppError } from '#platform/errors.ts';
import {
  abstractOf,
  arxivCategories,
  doiOf,
  field,
  instant,
  requiredDay,
  requiredField,
  requiredId,
} from './fields.ts';
import { saysWithdrawn } from './withdrawn.ts';
import { attribute, child, children, textOf } from './xml.ts';
import type { XmlNode } from './xml.ts';

export type Prefix = 'arXiv' | 'arXivRaw';

export interface HarvestedPaper {
  draft: PaperDraft;
  /** Day of the last change of the record, which is not that of a version. */
  datestamp: Day;
}

/** Undefined for a deleted record. Throws an AppError for one that makes no sense. */
export function readRecord(record: XmlNode): HarvestedPaper | undefined {
  const header = child(record, 'header');
  if (attribute(header, 'status') === 'deleted') return undefined;
  const datestamp = requiredDay(record, 'header/datestamp');
  const structured = child(record, 'metadata/arXiv');
  if (structured !== undefined) return { draft: fromArxiv(structured), datestamp };
  const raw = child(record, 'metadata/arXivRaw');
  if (raw !== undefined) return { draft: fromArxivRaw(raw), datestamp };
  throw new AppError('upstream', 'the record has neither arXiv nor arXivRaw metadata');
}

/** Structured names in UTF-8 and days; no hours, no history. */
function fromArxiv(node: XmlNode): PaperDraft {
  const created = requiredDay(node, 'created');
  const updated = child(node, 'updated') === undefined ? created : requiredDay(node, 'updated');
  const common = commonFields(node);
  return {
    ...common,
    authors: children(child(node, 'authors'), 'author').flatMap(readAuthor),
    authorsSplit: true,
    publishedOn: created,
    updatedOn: updated < created ? created : updated,
    // No text about it proves nothing: only arXivRaw tells a withdrawn version for certain.
    ...(saysWithdrawn(common.comments ?? undefined, common.abstract) ? { withdrawn: true } : {}),
    announcedOn: scheduledListingDay(created),
  };
}

function readAuthor(node: XmlNode): Author[] {
  const given = field(node, 'forenames') ?? '';
  const family = field(node, 'keyname');
  if (family === undefined && given === '') return [];
  const affiliation = children(node, 'affiliation')
    .map((one) => cleanText(textOf(one) ?? ''))
    .filter(Boolean)
    .join('; ');
  const written = field(node, 'suffix') ?? '';
  const suffix = readSuffix(written) || written;
  return [
    family === undefined ? { family: given, given: '', suffix, affiliation } : { family, given, suffix, affiliation },
  ];
}

/** Versions with their instants, and who submitted; names in one string with TeX accents. */
function fromArxivRaw(node: XmlNode): PaperDraft {
  const common = commonFields(node);
  const { versions, lastIsWithdrawal } = readVersions(node);
  const [first, last] = [versions[0], versions.at(-1)];
  if (!first || !last) throw new AppError('upstream', 'the record has no <version>');
  return {
    ...common,
    ...parseAuthors(requiredField(node, 'authors')),
    versions,
    publishedOn: epochToDay(first.at),
    updatedOn: epochToDay(last.at),
    submitter: field(node, 'submitter') ?? null,
    withdrawn: lastIsWithdrawal || saysWithdrawn(common.comments ?? undefined, common.abstract),
    announcedOn: scheduledListingDay(first.at),
  };
}

function readVersions(node: XmlNode): { versions: PaperVersion[]; lastIsWithdrawal: boolean } {
  const versions = children(node, 'version').map((version) => {
    const number = Number(/^v([1-9]\d{0,3})$/.exec(attribute(version, 'version') ?? '')?.[1]);
    if (Number.isNaN(number)) throw new AppError('upstream', 'a <version> of the record has no number');
    return { number, at: instant(requiredField(version, 'date')), flags: field(version, 'source_type') ?? '' };
  });
  versions.sort((a, b) => a.number - b.number);
  // Flag I is arXiv's mark for a version that withdraws ("ignore").
  return {
    versions: versions.map(({ number, at }) => ({ number, at })),
    lastIsWithdrawal: versions.at(-1)?.flags.includes('I') ?? false,
  };
}

/** `acm-class` is left alone: arXiv prints the MSC class into it. */
function commonFields(node: XmlNode) {
  const abstract = abstractOf(textOf(child(node, 'abstract')));
  const comments = field(node, 'comments') ?? null;
  return {
    id: requiredId(requiredField(node, 'id')).id,
    title: requiredField(node, 'title'),
    abstract,
    categories: arxivCategories((field(node, 'categories') ?? '').split(' ')),
    license: field(node, 'license') ?? null,
    comments,
    journalRef: field(node, 'journal-ref') ?? null,
    doi: doiOf(field(node, 'doi')),
    ...findLinks(abstract, comments),
  };
}
