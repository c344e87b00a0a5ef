/** The rows of this folder's tables. Instants are epoch milliseconds, days `YYYY-MM-DD`, flags 0 or 1. */

import type { Generated } from 'kysely';
import type { AnnounceType } from './paper.ts';

export interface PaperTable {
  /** Row number, also the key of the full-text index. */
  seq: Generated<number>;
  id: string;
  title: string;
  abstract: string;
  /** JSON: [[family, given, suffix, affiliation], …]; without keys, so that it can be indexed as text as it is. */
  authors: string;
  author_count: number;
  /** Space separated, the primary first. */
  categories: string;
  /** JSON: [[number, epoch ms], …], ascending. */
  versions: string;
  published_on: string;
  updated_on: string;
  submitter: string | null;
  license: string | null;
  comments: string | null;
  journal_ref: string | null;
  doi: string | null;
  code_url: string | null;
  project_url: string | null;
  organization_slug: string | null;
  withdrawn: number;
  first_seen_at: number;
  announced_on: string | null;
  announce_type: AnnounceType | null;
  /** Rises with every write of any paper, in commit order: what consumers keep as their watermark. */
  change_no: number;
}

/** Which papers an author wrote; derived from `papers.authors`. */
export interface PaperAuthorTable {
  slug: string;
  published_on: string;
  paper_id: string;
}

/** Which papers a category (`cs.LG`) or archive (`cs`) holds; derived from `papers.categories`. */
export interface PaperCategoryTable {
  category: string;
  published_on: string;
  paper_id: string;
}

export interface OrganizationTable {
  slug: string;
  name: string;
}

/** A paper put into an edition by a person (or by the starter edition). Once per paper. */
export interface SubmissionTable {
  paper_id: string;
  day: string;
  /** Place among the day's submissions, from 1. */
  position: number;
  submitted_at: number;
}

/** What another site said of a paper when it was read: never our own counts. */
export interface ExternalReadingTable {
  paper_id: string;
  /** `huggingface` */
  site: string;
  comments: number | null;
  upvotes: number | null;
  read_at: number;
}

export interface PapersTables {
  papers: PaperTable;
  paper_authors: PaperAuthorTable;
  paper_categories: PaperCategoryTable;
  organizations: OrganizationTable;
  submissions: SubmissionTable;
  external_readings: ExternalReadingTable;
}
