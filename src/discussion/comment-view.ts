/** A comment as everybody may see it. */

import type { Role } from '#accounts/user.ts';
import type { PaperId } from '#papers/paper.ts';

export interface Person {
  id: string;
  /** As in their address. */
  name: string;
  /** What is shown: the full name, `@ann` where there is none, or that the account is gone. */
  shown: string;
  /** `@ann`, to stand beside a full name, which anybody can choose; empty where `shown` says it already. */
  handle: string;
  /** Whether there is a profile to link to. */
  hasProfile: boolean;
}

export interface ReactionCount {
  /** A key of `reactions.ts`. */
  emoji: string;
  count: number;
  /** Whether the reader is among them. */
  mine: boolean;
}

export interface CommentView {
  id: string;
  paperId: PaperId;
  /** The comment that began the thread; its own id where it began it. */
  threadId: string;
  isReply: boolean;
  author: Person;
  /** What its author may do here; of an account that is gone `reader`. */
  authorRole: Role;
  /** Whose comment is answered, where that is itself a reply. */
  replyTo: { id: string; author: Person } | undefined;
  /** Who began the thread. */
  threadAuthor: Person;
  /** Of a comment that was deleted or hidden only the place is shown. */
  state: 'shown' | 'deleted' | 'hidden';
  /** When and why a moderator hid it, for who wrote it; others are not told. */
  hidden: { at: number; reason: string } | undefined;
  /** Markdown; empty unless shown. */
  body: string;
  /** `@name` in the body -> the name that this person has now. */
  mentions: ReadonlyMap<string, string>;
  createdAt: number;
  editedAt: number | null;
  reactions: readonly ReactionCount[];
}
