/** What becomes of a stored paper when a source describes it again. Pure. */

import { epochToDay } from '#platform/day.ts';
import { authorSlug } from './authors.ts';
import type { Author, PaperDraft, PaperVersion } from './paper.ts';
import type { PaperTable } from './table.ts';

/** A row as it will be written, without the numbers that the database gives. */
export type PaperRow = Omit<PaperTable, 'seq' | 'change_no'>;

export function encodeAuthors(authors: readonly Author[]): string {
  return JSON.stringify(authors.map(({ family, given, suffix, affiliation }) => [family, given, suffix, affiliation]));
}

export function decodeAuthors(json: string): Author[] {
  const rows = JSON.parse(json) as [string, string, string, string][];
  return rows.map(([family, given, suffix, affiliation]) => ({ family, given, suffix, affiliation }));
}

export function encodeVersions(versions: readonly PaperVersion[]): string {
  return JSON.stringify(versions.map(({ number, at }) => [number, at]));
}

export function decodeVersions(json: string): PaperVersion[] {
  return (JSON.parse(json) as [number, number][]).map(([number, at]) => ({ number, at }));
}

/** A paper seen for the first time. */
export function newRow(draft: PaperDraft, now: number): PaperRow {
  return {
    id: draft.id,
    title: draft.title,
    abstract: draft.abstract,
    authors: encodeAuthors(draft.authors),
    author_count: draft.authorCount ?? draft.authors.length,
    categories: draft.categories.join(' '),
    versions: encodeVersions(draft.versions ?? []),
    published_on: draft.publishedOn,
    updated_on: describedOn(draft),
    submitter: draft.submitter ?? null,
    license: webAddress(draft.license),
    comments: draft.comments ?? null,
    journal_ref: draft.journalRef ?? null,
    doi: draft.doi ?? null,
    code_url: webAddress(draft.codeUrl),
    project_url: webAddress(draft.projectUrl),
    organization_slug: draft.organization?.slug ?? null,
    withdrawn: draft.withdrawn ? 1 : 0,
    links_by_hand: 0,
    hidden_at: null,
    first_seen_at: now,
    announced_on: draft.announcedOn ?? null,
    announce_type: draft.announceType ?? null,
  };
}

/** The stored row with what the draft knows better. Merging the same draft again changes nothing. */
export function mergeRow(stored: PaperRow, draft: PaperDraft): PaperRow {
  const merged = mergeShown(stored, draft);
  // What lists are made of stays put away; see hide.ts.
  return stored.hidden_at === null ? merged : { ...merged, announced_on: null, organization_slug: null };
}

function mergeShown(stored: PaperRow, draft: PaperDraft): PaperRow {
  const kept = { ...stored, ...mergeAnnouncement(stored, draft) };
  kept.published_on = draft.publishedOn < stored.published_on ? draft.publishedOn : stored.published_on;
  const updatedOn = describedOn(draft);
  // An old snapshot imported over a fresh harvest must not bring old titles back.
  if (updatedOn < stored.updated_on) return fillGaps(kept, draft);
  return {
    ...kept,
    title: draft.title,
    abstract: draft.abstract,
    ...mergeAuthors(stored, draft),
    ...mergeLinks(stored, draft, updatedOn),
    categories: draft.categories.length > 0 ? draft.categories.join(' ') : stored.categories,
    versions: mergeVersions(stored.versions, draft.versions),
    updated_on: updatedOn,
    submitter: known(draft.submitter, stored.submitter),
    license: draft.license === undefined ? stored.license : webAddress(draft.license),
    comments: known(draft.comments, stored.comments),
    journal_ref: known(draft.journalRef, stored.journal_ref),
    doi: known(draft.doi, stored.doi),
    withdrawn: draft.withdrawn === undefined ? stored.withdrawn : Number(draft.withdrawn),
  };
}

/** The day of the version that the draft describes. */
function describedOn(draft: PaperDraft): string {
  const last = draft.versions?.at(-1);
  return draft.updatedOn ?? (last ? epochToDay(last.at) : draft.publishedOn);
}

function known<T>(said: T | undefined, stored: T): T {
  return said === undefined ? stored : said;
}

/** From an older description only what is not known at all. */
function fillGaps(stored: PaperRow, draft: PaperDraft): PaperRow {
  const noAuthors = stored.authors === '[]' && draft.authors.length > 0;
  return {
    ...stored,
    ...(noAuthors
      ? { authors: encodeAuthors(draft.authors), author_count: draft.authorCount ?? draft.authors.length }
      : {}),
    categories: stored.categories || draft.categories.join(' '),
    versions: mergeVersions(stored.versions, draft.versions),
    submitter: stored.submitter ?? draft.submitter ?? null,
    license: stored.license ?? webAddress(draft.license),
    comments: stored.comments ?? draft.comments ?? null,
    journal_ref: stored.journal_ref ?? draft.journalRef ?? null,
    doi: stored.doi ?? draft.doi ?? null,
    ...(stored.links_by_hand === 1
      ? {}
      : {
          code_url: stored.code_url ?? webAddress(draft.codeUrl),
          project_url: stored.project_url ?? webAddress(draft.projectUrl),
        }),
    organization_slug: stored.organization_slug ?? draft.organization?.slug ?? null,
  };
}

/** Links come from strangers' text and become `href`s: `javascript:` and the like are no addresses. */
function webAddress(said: string | null | undefined): string | null {
  return said && /^https?:\/\//i.test(said) ? said : null;
}

/**
 * A source that does not mention a repository does not take away one that is known; a newer version may move it. Links
 * that a person has set stay, those that were taken away too.
 */
function mergeLinks(stored: PaperRow, draft: PaperDraft, updatedOn: string) {
  const isNewer = updatedOn > stored.updated_on;
  const link = (said: string | null | undefined, known: string | null) => {
    if (stored.links_by_hand === 1) return known;
    return isNewer ? (webAddress(said) ?? known) : (known ?? webAddress(said));
  };
  return {
    code_url: link(draft.codeUrl, stored.code_url),
    project_url: link(draft.projectUrl, stored.project_url),
    organization_slug: draft.organization === undefined ? stored.organization_slug : (draft.organization?.slug ?? null),
  };
}

/** A listing knows the day, and the first listing counts; the calendar guesses it, from an instant better than from a day. */
function mergeAnnouncement(stored: PaperRow, draft: PaperDraft) {
  const listed = draft.announceType !== undefined && stored.announce_type === null;
  if (listed)
    return { announced_on: draft.announcedOn ?? stored.announced_on, announce_type: draft.announceType ?? null };
  const isBetterGuess = stored.announce_type === null && stored.versions === '[]' && draft.versions !== undefined;
  const guess = isBetterGuess ? (draft.announcedOn ?? stored.announced_on) : (stored.announced_on ?? draft.announcedOn);
  return { announced_on: guess ?? null, announce_type: stored.announce_type };
}

/** Names split by the source win over names split by our rules; otherwise the same people stay as they are. */
function mergeAuthors(stored: PaperRow, draft: PaperDraft): { authors: string; author_count: number } {
  if (draft.authors.length === 0)
    return { authors: stored.authors, author_count: draft.authorCount ?? stored.author_count };
  const author_count = draft.authorCount ?? draft.authors.length;
  const before = decodeAuthors(stored.authors);
  const same =
    before.length === draft.authors.length && draft.authors.every((author, index) => sameName(author, before[index]));
  if (same && !draft.authorsSplit) return { authors: stored.authors, author_count };
  // "A, B et al." does not replace a list that has every name.
  if (author_count > draft.authors.length && before.length >= author_count) {
    return { authors: stored.authors, author_count: stored.author_count };
  }
  const authors = draft.authors.map((author, index) => {
    const affiliation = author.affiliation || (same ? (before[index]?.affiliation ?? '') : '');
    return { ...author, affiliation };
  });
  return { authors: encodeAuthors(authors), author_count };
}

function sameName(a: Author, b: Author | undefined): boolean {
  return b !== undefined && authorSlug(a) === authorSlug(b);
}

/** Every version that anybody knows of, ascending. */
function mergeVersions(stored: string, said: readonly PaperVersion[] | undefined): string {
  if (said === undefined || said.length === 0) return stored;
  const byNumber = new Map(decodeVersions(stored).map((version) => [version.number, version]));
  for (const version of said) byNumber.set(version.number, version);
  return encodeVersions([...byNumber.values()].sort((a, b) => a.number - b.number));
}
