/** One comment, printed like a letter to the editor: the text, then who says it and what others make of it. */

import { isModerator } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import type { CommentView } from '#discussion/comment-view.ts';
import { commentPath } from '#feed/addresses.ts';
import { exactTime } from '#platform/dates.ts';
import { raw } from '#platform/jsx/html.ts';
import type { Child } from '#platform/jsx/jsx-runtime.ts';
import { commentHtml } from '../comment-html.ts';
import { CommentForm } from './comment-form.tsx';
import { Instant } from './instant.tsx';
import { actPath, ReportLink } from './moderation-line.tsx';
import { PersonLink, personWords } from './person-link.tsx';
import { Reactions } from './reactions.tsx';

/** What a comment looks like depends on who reads it, and on the paper. */
export interface Reading {
  viewer: Viewer | undefined;
  /** Who submitted the paper. */
  submitterId: string | undefined;
  /** Whether anything may still be said. */
  open: boolean;
}

/** Of those whose word is the site's. */
const ROLE_NAMES = { moderator: 'Moderator', admin: 'Admin' };

export function Comment({ comment, reading }: { comment: CommentView; reading: Reading }) {
  const { id, state, author } = comment;
  if (state !== 'shown') return <Gone comment={comment} viewer={reading.viewer} />;
  return (
    <article class="letter" id={`c-${id}`} aria-labelledby={`by-${id}`}>
      <header class="letter-head">
        <h3 id={`by-${id}`}>
          <PersonLink person={author} />
        </h3>
        {comment.authorRole !== 'reader' && <span class="badge">{ROLE_NAMES[comment.authorRole]}</span>}
        {author.id === reading.submitterId && <span class="badge">Submitter</span>}
        <InReply comment={comment} />
        <When comment={comment} />
      </header>
      <div class="letter-body" dir="auto">
        {raw(commentHtml(comment))}
      </div>
      <Foot comment={comment} reading={reading} />
    </article>
  );
}

/** Who wrote what is hidden is told why, and can take it back. */
function Gone({
  comment: { id, paperId, state, hidden },
  viewer,
}: {
  comment: CommentView;
  viewer: Viewer | undefined;
}) {
  const isModerators = state === 'hidden' && viewer !== undefined && isModerator(viewer);
  return (
    <article class="letter gone" id={`c-${id}`}>
      {hidden === undefined ? (
        <p class="quiet">{state === 'deleted' ? 'Deleted by its author.' : 'Hidden by a moderator.'}</p>
      ) : (
        <p>
          Your comment was hidden by a moderator on <Instant at={hidden.at} /> and others do not see it. The reason: “
          {hidden.reason}”.{' '}
          {viewer?.bannedAt === null && <a href={`${commentPath({ paperId, id })}/edit`}>Read or delete it</a>}
        </p>
      )}
      {isModerators && (
        <p class="quiet">
          <a href={actPath({ kind: 'comment', id })}>Look at it</a>
        </p>
      )}
    </article>
  );
}

function InReply({ comment: { paperId, replyTo } }: { comment: CommentView }) {
  if (replyTo === undefined) return null;
  const name = replyTo.author.hasProfile ? `@${replyTo.author.name}` : replyTo.author.shown;
  return (
    <span class="quiet">
      in reply to <a href={commentPath({ paperId, id: replyTo.id })}>{name}</a>
    </span>
  );
}

function When({ comment }: { comment: CommentView }) {
  const { createdAt, editedAt } = comment;
  const path = commentPath(comment);
  return (
    <span class="letter-when">
      <a href={path}>
        <Instant at={createdAt} exact />
      </a>
      {editedAt !== null && (
        <>
          {' · '}
          <a href={`${path}/history`} title={exactTime(editedAt)} rel="nofollow">
            edited
          </a>
        </>
      )}
    </span>
  );
}

function Foot({ comment, reading }: { comment: CommentView; reading: Reading }) {
  const { viewer, open } = reading;
  const isMine = viewer !== undefined && viewer.id === comment.author.id;
  const tools: Child[] = [];
  if (viewer !== undefined && open) {
    tools.push(
      <details class="reply">
        <summary>
          Reply<span class="unseen"> to {personWords(comment.author)}</span>
        </summary>
        <CommentForm
          paperId={comment.paperId}
          replyTo={comment.id}
          label={`Your answer to ${personWords(comment.author)}`}
        />
      </details>,
    );
  }
  // What was said can be taken back, by those who may write, where nothing may be said any more.
  if (isMine && viewer.bannedAt === null)
    tools.push(<a href={`${commentPath(comment)}/edit`}>{open ? 'Edit' : 'Delete'}</a>);
  if (viewer !== undefined && !isMine)
    tools.push(<ReportLink target={{ kind: 'comment', id: comment.id }} viewer={viewer} />);
  if (tools.length === 0 && comment.reactions.length === 0 && !open) return null;
  return (
    <div class="letter-foot">
      <Reactions comment={comment} viewer={open ? viewer : undefined} />
      {tools}
    </div>
  );
}
