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
  /** 1 where a person has said which links are right: what sources say of them no longer counts. */
  links_by_hand: number;
  /** Epoch ms since which moderators hide it; null if they do not. */
  hidden_at: number | null;
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
  /** Null in the starter edition. */
  user_id: string | null;
}

/** A submission that is not in an edition: its paper is still to be fetched, or it was refused. */
export interface SubmissionRequestTable {
  paper_id: string;
  user_id: string;
  asked_at: number;
  /** 1 if it may be older than others may submit. */
  any_age: number;
  /** Epoch ms of the next try to fetch it; null if it was refused. */
  next_at: number | null;
  /** Tries that failed. */
  attempts: number;
  /** Why the last try failed, or why it was refused: a sentence for its submitter. */
  problem: string | null;
  /** 1 if it was refused because its submitter was banned: it waits for the end of the ban. */
  by_ban: Generated<number>;
}

/** What a person said are a paper's links; the highest number is in force. */
export interface PaperLinkEditTable {
  paper_id: string;
  /** From 1. */
  number: number;
  user_id: string;
  edited_at: number;
  code_url: string | null;
  project_url: string | null;
  /** 0 where the link of the code stayed as it was. */
  sets_code: number;
}

/** How many stars a paper's repository had on a day (UTC), as the last look of that day found. */
export interface StarReadingTable {
  paper_id: string;
  day: string;
  stars: number;
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

/** What was put away of a hidden paper, to be brought back. */
export interface HiddenPaperTable {
  paper_id: string;
  announced_on: string | null;
  organization_slug: string | null;
  /** JSON: its row in `submissions`. */
  submission: string | null;
}

export interface PapersTables {
  hidden_papers: HiddenPaperTable;
  papers: PaperTable;
  paper_authors: PaperAuthorTable;
  paper_categories: PaperCategoryTable;
  organizations: OrganizationTable;
  submissions: SubmissionTable;
  submission_requests: SubmissionRequestTable;
  paper_link_edits: PaperLinkEditTable;
  star_readings: StarReadingTable;
  external_readings: ExternalReadingTable;
}
