/** The form of a comment. The island `<comment-form>` sends it and shows the preview in place. */

import { COMMENT_LIMIT } from '#discussion/body.ts';
import { commentPath, commentsPath } from '#feed/addresses.ts';
import type { PaperId } from '#papers/paper.ts';

export interface CommentFormProps {
  paperId: PaperId;
  label: string;
  /** What was written so far. */
  body?: string;
  /** The comment that is answered. */
  replyTo?: string | undefined;
  /** The comment that is edited. */
  edits?: string | undefined;
  /** The mark of the text that is edited. */
  was?: string | undefined;
  /** Set where it comes back with what was written in it: what it answered then, or was made of, if that is another thing now. */
  returned?: string | undefined;
  autofocus?: boolean;
}

/** No `maxlength`: browsers would cut what is pasted without a word. The site says what is too much and keeps the text. */
export function CommentForm({
  paperId,
  label,
  body = '',
  replyTo,
  edits,
  was,
  returned,
  autofocus = false,
}: CommentFormProps) {
  const action = edits === undefined ? commentsPath(paperId) : `${commentPath({ paperId, id: edits })}/edit`;
  return (
    <comment-form data-returned={returned}>
      <form class="comment-form" method="post" action={action}>
        {replyTo !== undefined && <input type="hidden" name="replyTo" value={replyTo} />}
        {was !== undefined && <input type="hidden" name="was" value={was} />}
        <label>
          <span>{label}</span>
          {/* A line end after the tag is dropped by browsers, so that one of the text's own must follow it. */}
          <textarea
            name="body"
            rows={replyTo === undefined ? 7 : 4}
            dir="auto"
            required
            autofocus={autofocus}
            autocomplete="off"
          >
            {`\n${body}`}
          </textarea>
        </label>
        <p class="comment-help quiet">
          Markdown and TeX ($x^2$), up to {COMMENT_LIMIT.toLocaleString('en-US')} characters.{' '}
          <a href="/about#comments">How to write</a>
        </p>
        <p class="comment-buttons">
          <button class="main-button">{edits === undefined ? 'Post' : 'Save'}</button>
          <button name="preview" value="1">
            Preview
          </button>
        </p>
      </form>
    </comment-form>
  );
}
