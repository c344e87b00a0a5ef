/** One line of a file as a paper draft: our own JSON Lines and the Kaggle snapshot are told apart by their fields. */

import { scheduledListingDay } from '#papers/announcement.ts';
import { parseAuthorNames, parseAuthors } from '#papers/authors.ts';
import { findLinks } from '#papers/links.ts';
import type { PaperDraft } from '#papers/paper.ts';
import { cleanAbstract } from '#papers/text.ts';
import type { Day } from '#platform/day.ts';
import { AppError, invalid } from '#platform/errors.ts';
import { arxivCategories, doiOf } from '../arxiv/fields.ts';
import { saysWithdrawn } from '../arxiv/withdrawn.ts';
import { refuseImpossibleDays, statedDays } from '../possible-days.ts';
import { kindOf, optionalDay, optionalList, optionalText, rawText, requiredId, requiredText } from './fields.ts';
import type { JsonRecord } from './fields.ts';
import { readSnapshotAuthors, readVersions } from './snapshot.ts';

/** The draft, or in one phrase why the line is none. `latest` is the last day from which a paper may be. */
export function readRecord(line: string, latest: Day): PaperDraft | string {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return `${kindOf(value)}, not a JSON object`;
    const record = value as JsonRecord;
    const draft = 'versions' in record || 'authors_parsed' in record ? fromSnapshot(record) : fromRecord(record);
    refuseImpossibleDays(statedDays(draft), latest);
    return draft;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    if (error instanceof SyntaxError) return 'not JSON';
    throw error;
  }
}

/** `{id, title, abstract, authors[], categories[], published}`, and what else of the snapshot's fields is there. */
function fromRecord(record: JsonRecord): PaperDraft {
  const common = commonFields(record);
  const publishedOn = optionalDay(record, 'published');
  if (publishedOn === undefined) throw invalid('"published" is missing: the day of the first version, like 2026-01-06');
  const updatedOn = optionalDay(record, 'updated');
  const authors = record['authors'];
  return {
    ...common,
    ...(typeof authors === 'string' ? parseAuthors(authors) : parseAuthorNames(optionalList(record, 'authors') ?? [])),
    publishedOn,
    ...(updatedOn !== undefined && updatedOn >= publishedOn ? { updatedOn } : {}),
    announcedOn: scheduledListingDay(publishedOn),
  };
}

/** The Kaggle arXiv snapshot; `update_date` is left alone, because a new journal reference moves it too. */
function fromSnapshot(record: JsonRecord): PaperDraft {
  const common = commonFields(record);
  const { versions, publishedOn, firstAt } = readVersions(record);
  return {
    ...common,
    ...readSnapshotAuthors(record),
    versions,
    publishedOn,
    announcedOn: scheduledListingDay(firstAt),
  };
}

function commonFields(record: JsonRecord) {
  const abstract = cleanAbstract(rawText(record, 'abstract') ?? '');
  const comments = optionalText(record, 'comments');
  const doi = optionalText(record, 'doi');
  return {
    id: requiredId(record),
    title: requiredText(record, 'title'),
    abstract,
    categories: arxivCategories(optionalList(record, 'categories') ?? []),
    ...known('submitter', optionalText(record, 'submitter')),
    ...known('license', optionalText(record, 'license')),
    ...known('comments', comments),
    ...known('journalRef', optionalText(record, 'journal-ref') ?? optionalText(record, 'journal_ref')),
    ...known('doi', doi === undefined ? undefined : doiOf(doi ?? '')),
    ...findLinks(abstract, comments),
    // Text can only prove it: an abstract that does not speak of it may be older than the withdrawal.
    ...(saysWithdrawn(comments ?? undefined, abstract) ? { withdrawn: true } : {}),
  };
}

function known<K extends string>(name: K, value: string | null | undefined): { [P in K]?: string | null } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: string | null };
}
