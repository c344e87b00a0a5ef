/** What people said of a paper, as the letters page of a newspaper; and as counted on other sites. */

import type { Viewer } from '#accounts/user.ts';
import type { CommentPage, CommentSort } from '#discussion/list-comments.ts';
import type { CommentView } from '#discussion/comment-view.ts';
import { closedWords } from '#discussion/moderation/closed-words.ts';
import { commentPath, commentsPath, paperPath } from '#feed/addresses.ts';
import type { OpenPaper } from '#feed/open-paper.ts';
import type { PaperId } from '#papers/paper.ts';
import { signInPath } from '../next-path.ts';
import { Comment } from './comment.tsx';
import type { Reading } from './comment.tsx';
import { CommentForm } from './comment-form.tsx';
import { FeedLink } from './feed-link.tsx';
import { LeftDrafts } from './left-drafts.tsx';
import { Elsewhere } from './elsewhere.tsx';
import { PersonLink } from './person-link.tsx';

export interface DiscussionProps {
  opened: OpenPaper;
  page: CommentPage;
  sort: CommentSort;
  /** Whether this is a later page than the first. */
  continued: boolean;
  viewer: Viewer | undefined;
}

const SORTS = [
  { sort: 'oldest', label: 'Oldest' },
  { sort: 'newest', label: 'Newest' },
  { sort: 'best', label: 'Best' },
] as const;

export function Discussion({ opened, page, sort, continued, viewer }: DiscussionProps) {
  const { paper, comments, readings, locked, submission } = opened;
  const reading: Reading = { viewer, submitterId: submission?.by?.id, open: !locked && viewer?.bannedAt === null };
  return (
    <section id="comments" aria-labelledby="comments-title">
      <div class="similar-head">
        <h2 id="comments-title">{comments === 0 ? 'Comments' : counted(comments)}</h2>
        {(comments > 1 || continued) && <Sorts id={paper.id} sort={sort} />}
        <FeedLink path={commentsPath(paper.id)} label="Follow" />
      </div>
      {continued && (
        <p class="continued">
          <a class="button" href={discussionPath(paper.id, sort)}>
            ←&nbsp;To the first comments
          </a>
        </p>
      )}
      {page.items.length === 0 && <p>{continued ? 'No comments beyond this point.' : 'No comments here yet.'}</p>}
      <ol class="letters">
        {threadsOf(page.items).map((thread) => (
          <Thread thread={thread} reading={reading} />
        ))}
      </ol>
      {page.next !== undefined && (
        <p class="next-page">
          <a class="button" rel="next" href={discussionPath(paper.id, sort, page.next)}>
            More comments
          </a>
        </p>
      )}
      {readings.map((one) => (
        <Elsewhere id={paper.id} reading={one} />
      ))}
      <Write opened={opened} viewer={viewer} />
      <LeftDrafts viewer={viewer} below={commentsPath(paper.id)} />
    </section>
  );
}

/** The page of a discussion from the mark on. */
export function discussionPath(id: PaperId, sort: CommentSort, after?: string): string {
  const query = new URLSearchParams();
  if (sort !== 'oldest') query.set('comments', sort);
  if (after !== undefined) query.set('after', after);
  return `${paperPath(id)}${query.size > 0 ? `?${query.toString()}` : ''}#comments`;
}

function counted(comments: number): string {
  return comments === 1 ? '1 comment' : `${comments.toLocaleString('en-US')} comments`;
}

function Sorts({ id, sort }: { id: PaperId; sort: CommentSort }) {
  return (
    <nav class="sorts" aria-label="Order of comments">
      {SORTS.map((one) => (
        <a href={discussionPath(id, one.sort)} aria-current={one.sort === sort ? 'true' : undefined} rel="nofollow">
          {one.label}
        </a>
      ))}
    </nav>
  );
}

interface ThreadOnPage {
  /** Undefined where the thread began on an earlier page. */
  top: CommentView | undefined;
  replies: CommentView[];
}

function threadsOf(items: readonly CommentView[]): ThreadOnPage[] {
  const threads = new Map<string, ThreadOnPage>();
  for (const item of items) {
    const thread = threads.get(item.threadId) ?? { top: undefined, replies: [] };
    threads.set(item.threadId, thread);
    if (item.isReply) thread.replies.push(item);
    else thread.top = item;
  }
  return [...threads.values()];
}

function Thread({ thread: { top, replies }, reading }: { thread: ThreadOnPage; reading: Reading }) {
  const [first] = replies;
  return (
    <li>
      {top && <Comment comment={top} reading={reading} />}
      {!top && first && (
        <p class="quiet">
          More answers to <a href={commentPath({ paperId: first.paperId, id: first.threadId })}>the comment</a> of{' '}
          <PersonLink person={first.threadAuthor} />
        </p>
      )}
      {replies.length > 0 && (
        <ol class="replies">
          {replies.map((reply) => (
            <li>
              <Comment comment={reply} reading={reading} />
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}

function Write({ opened, viewer }: { opened: OpenPaper; viewer: Viewer | undefined }) {
  const { locked, lockedBecause, paper } = opened;
  const { id } = paper;
  if (locked) {
    return <p class="notice-line">{closedWords(lockedBecause)}</p>;
  }
  if (viewer === undefined) {
    return (
      <p class="join-in">
        <a class="button" href={signInPath(`${paperPath(id)}#write`)} rel="nofollow">
          Sign in to comment
        </a>
      </p>
    );
  }
  if (viewer.bannedAt !== null) return null; // it says so above
  return (
    <div id="write">
      <CommentForm paperId={id} label="Your comment" />
    </div>
  );
}
