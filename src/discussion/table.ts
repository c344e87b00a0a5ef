/** The rows of this folder's tables. Instants are epoch milliseconds, flags 0 or 1; people are `users.id`. */

import type { Generated } from 'kysely';
import type { Role } from '#accounts/user.ts';

export interface UpvoteTable {
  paper_id: string;
  user_id: string;
  /** When it was first cast. A vote that was taken back and cast anew keeps it, so that nobody moves a paper twice. */
  voted_at: number;
  /** Set while it is taken back; such a row counts nowhere. */
  withdrawn_at: number | null;
  /** When the voter's account was made, which never changes. */
  account_made_at: number;
}

export interface CommentTable {
  /** 24 hex digits that sort by time. */
  id: string;
  paper_id: string;
  user_id: string;
  /** The comment that began the thread; the comment's own id where it began it. */
  thread_id: string;
  is_reply: number;
  /** The comment that is answered, where that is itself a reply. Threads have one level: it stays below `thread_id`. */
  reply_to: string | null;
  /** Markdown, as written; empty once deleted. */
  body: string;
  created_at: number;
  edited_at: number | null;
  /** Deleted by its author. */
  deleted_at: number | null;
  /** Hidden by a moderator. */
  hidden_at: number | null;
  hidden_by: string | null;
  /** Derived: comments that stand below it (in its thread, or answering it) and are not deleted. */
  answers: number;
  /** Derived by `best.ts`: what the best comments are ordered by. */
  score: number;
}

/** What a comment said before it was edited. */
export interface CommentRevisionTable {
  comment_id: string;
  /** From 1, the first text. */
  number: number;
  body: string;
  written_at: number;
}

/** Who is named in a comment by `@name`; only names that somebody had when it was written. */
export interface CommentMentionTable {
  comment_id: string;
  /** As in the comment, lower case. */
  name: string;
  user_id: string;
}

export interface CommentReactionTable {
  comment_id: string;
  user_id: string;
  /** A key of `reactions.ts`. */
  emoji: string;
  reacted_at: number;
}

/** Derived: recomputed whole in each transaction that votes or comments. No row: nobody ever did. */
export interface PaperTallyTable {
  paper_id: string;
  /** Distinct people. */
  upvotes: number;
  /** Neither deleted nor hidden. */
  comments: number;
  /** Distinct people, those who are banned or have left as well: as many may have to be read for a ranking. */
  commenters: number;
  last_vote_at: number | null;
  last_comment_at: number | null;
  /** Later each time that the paper is counted. */
  changed_at: number;
}

/** Papers on which nobody may comment any more. */
export interface DiscussionLockTable {
  paper_id: string;
  locked_at: number;
  locked_by: string;
}

export type TargetKind = 'comment' | 'paper' | 'account';

/** Somebody says that moderators should look at it. */
export interface ReportTable {
  kind: TargetKind;
  target_id: string;
  user_id: string;
  /** The paper, or that of the comment. */
  paper_id: string;
  reason: string;
  reported_at: number;
  /** When a moderator decided. */
  settled_at: number | null;
  /** The decision: `moderation_log.number`. */
  log_number: number | null;
  /** When the moderators were mailed of it. */
  told_at: number | null;
}

export type ModerationAction = 'hide' | 'unhide' | 'lock' | 'unlock' | 'dismiss' | 'ban' | 'unban' | `make ${Role}`;

/** Never changed, never deleted. */
export interface ModerationLogTable {
  number: Generated<number>;
  at: number;
  moderator_id: string;
  action: ModerationAction;
  kind: TargetKind;
  target_id: string;
  paper_id: string | null;
  /** The comment from whose page it was decided, where that is another thing. */
  comment_id: string | null;
  /** Whom it concerns. */
  about_user_id: string | null;
  reason: string;
  /** 1 where whoever wrote the reason was told who reads it: others may. */
  is_told: number;
}

export interface DiscussionTables {
  reports: ReportTable;
  moderation_log: ModerationLogTable;
  upvotes: UpvoteTable;
  comments: CommentTable;
  comment_revisions: CommentRevisionTable;
  comment_mentions: CommentMentionTable;
  comment_reactions: CommentReactionTable;
  paper_tallies: PaperTallyTable;
  discussion_locks: DiscussionLockTable;
}
