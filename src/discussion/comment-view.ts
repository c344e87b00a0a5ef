/** A comment as everybody may see it. */

import type { PaperId } from '#papers/paper.ts';

export interface Person {
  id: string;
  /** As in their address. */
  name: string;
  /** What is shown. */
  shown: string;
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
  /** Whose comment is answered, where that is itself a reply. */
  replyTo: { id: string; author: Person } | undefined;
  /** Who began the thread. */
  threadAuthor: Person;
  /** Of a comment that was deleted or hidden only the place is shown. */
  state: 'shown' | 'deleted' | 'hidden';
  /** Markdown; empty unless shown. */
  body: string;
  /** `@name` in the body -> the name that this person has now. */
  mentions: ReadonlyMap<string, string>;
  createdAt: number;
  editedAt: number | null;
  reactions: readonly ReactionCount[];
}
