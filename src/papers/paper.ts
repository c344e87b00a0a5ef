/** What a paper is, and what a source may know of one. */

import type { Day } from '#platform/day.ts';

/** arXiv id without version (`2310.02541`, `hep-th/9110025`), or prefixed for other sources (`doi:…`). */
export type PaperId = string;

export interface Author {
  /** The whole name where it could not be split (collaborations, single names). */
  family: string;
  given: string;
  /** `Jr.`, `III`; empty if none. */
  suffix: string;
  /** Empty if unknown. */
  affiliation: string;
}

export interface PaperVersion {
  /** 1 for v1. */
  number: number;
  /** Submission instant, epoch milliseconds. */
  at: number;
}

/** How arXiv announced a paper on its listing day. */
export type AnnounceType = 'new' | 'cross' | 'replace' | 'replace-cross';

export interface Organization {
  /** Lower case, as in its address. */
  slug: string;
  name: string;
}

/**
 * What one source says of one paper. A field left out means "this source does not know",
 * and leaves what is stored untouched; null means "known to be absent".
 */
export interface PaperDraft {
  id: PaperId;
  /** TeX kept as given, white space folded. */
  title: string;
  /** TeX kept as given, white space folded; paragraphs separated by one newline. */
  abstract: string;
  /** In the order of the paper; empty if only their number is known. */
  authors: Author[];
  /** Set if the source itself separates family from given names; otherwise we split them by rule. */
  authorsSplit?: true;
  /** Set where more (or other) than `authors.length` authors are known to exist. */
  authorCount?: number;
  /** arXiv categories, the primary first; empty if unknown. */
  categories: string[];
  /** Ascending; left out where only the day of the first is known. */
  versions?: PaperVersion[];
  /** UTC day of the first version. */
  publishedOn: Day;
  /** UTC day of the version described here; decides which of two descriptions is newer. */
  updatedOn?: Day;
  submitter?: string | null;
  /** Licence URL. */
  license?: string | null;
  comments?: string | null;
  journalRef?: string | null;
  doi?: string | null;
  codeUrl?: string | null;
  projectUrl?: string | null;
  organization?: Organization | null;
  withdrawn?: boolean;
  /** Listing day on which arXiv announced the paper as new (or cross-listed it to a followed set). */
  announcedOn?: Day;
  announceType?: AnnounceType;
}

/** A stored paper. */
export interface Paper {
  id: PaperId;
  title: string;
  abstract: string;
  authors: Author[];
  authorCount: number;
  categories: string[];
  versions: PaperVersion[];
  publishedOn: Day;
  updatedOn: Day;
  submitter: string | null;
  license: string | null;
  comments: string | null;
  journalRef: string | null;
  doi: string | null;
  codeUrl: string | null;
  projectUrl: string | null;
  organization: Organization | null;
  withdrawn: boolean;
  /** Epoch milliseconds at which this installation first saw it. */
  firstSeenAt: number;
  announcedOn: Day | null;
  /** Null where the day comes from the announcement calendar, not from a listing. */
  announceType: AnnounceType | null;
}

/** `Samuel Schapiro`, `John Smith Jr.`: as a byline prints it. */
export function fullName(author: Author): string {
  return [author.given, author.family, author.suffix].filter(Boolean).join(' ');
}
