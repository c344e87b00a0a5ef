/** A comment that is being written: how it will look, or what is wrong with it, and the form with the text in it. */

import type { Context } from 'hono';
import { viewerOf } from '#accounts/current-viewer.ts';
import { commentPath, paperPath } from '#feed/addresses.ts';
import type { AppError } from '#platform/errors.ts';
import { STATUS } from '#platform/http/status.ts';
import { getPaper } from '#papers/get-paper.ts';
import type { PaperId } from '#papers/paper.ts';
import { renderTex } from '#papers/tex/html.ts';
import { raw } from '#platform/jsx/html.ts';
import { UNPROCESSABLE } from '../answer-type.ts';
import { assets } from '../assets.ts';
import { commentHtml } from '../comment-html.ts';
import { CommentForm } from '../components/comment-form.tsx';
import { Layout } from '../components/layout.tsx';
import { LeftDrafts } from '../components/left-drafts.tsx';
import { tellWhenAgain } from '../retry-after.ts';
import type { Site } from '../site.ts';

export interface Draft {
  paperId: PaperId;
  body: string;
  replyTo?: string | undefined;
  /** The comment that is edited. */
  edits?: string | undefined;
  /** The mark of the text that is edited. */
  was?: string | undefined;
}

export interface DraftState {
  /** The preview. */
  html?: string;
  problem?: AppError;
  /** What it answered, or was made of, before that was found to be gone. */
  before?: string | undefined;
  /** What the comment says by now, where that is not what was edited. */
  says?: string;
  /** Why nothing can be changed, in a sentence: then it can be deleted and nothing else. */
  fixed?: string;
}

export async function draftPage(site: Site, c: Context, draft: Draft, state: DraftState = {}): Promise<Response> {
  const { paperId, body, replyTo, edits, was } = draft;
  const { html, problem, before, says, fixed } = state;
  const paper = await getPaper(site.db, paperId);
  tellWhenAgain(c, problem);
  if (problem) c.status(problem.kind === 'invalid' ? UNPROCESSABLE : STATUS[problem.kind]);
  const title = edits !== undefined ? 'Edit a comment' : replyTo !== undefined ? 'Answer a comment' : 'Comment';
  return await c.html(
    <Layout site={site} c={c} title={title} head={<Head />}>
      <main id="main" class="draft">
        <div class="list-head">
          <p class="kicker">{title}</p>
          <h1 dir="auto">
            <a href={paperPath(paper.id)}>{raw(renderTex(paper.title))}</a>
          </h1>
        </div>
        {problem && <Problem problem={problem} />}
        {html !== undefined && (
          <section class="preview" aria-labelledby="preview">
            <h2 id="preview">Preview</h2>
            <div class="letter-body" dir="auto">
              {raw(html)}
            </div>
          </section>
        )}
        {fixed !== undefined ? (
          <>
            <p class="notice-line">{fixed}</p>
            <div class="letter-body" dir="auto">
              {raw(commentHtml({ body, mentions: new Map() }))}
            </div>
          </>
        ) : (
          <CommentForm
            paperId={paper.id}
            label={edits === undefined ? 'Your comment' : 'The comment'}
            body={body}
            replyTo={replyTo}
            edits={edits}
            was={was}
            returned={problem !== undefined || html !== undefined ? (before ?? '') : undefined}
          />
        )}
        {says !== undefined && <Says text={says} />}
        {edits !== undefined && (
          <LeftDrafts viewer={viewerOf(c)} below={`${commentPath({ paperId, id: edits })}/edit`} />
        )}
        {edits !== undefined && html === undefined && problem === undefined && (
          <details class="delete" open={fixed !== undefined}>
            <summary>Delete this comment</summary>
            <form method="post" action={`${paperPath(paper.id)}/comments/${edits}/delete`}>
              <p>Its text and its history are taken away for good. Answers to it stay.</p>
              <button>Delete for good</button>
            </form>
          </details>
        )}
      </main>
    </Layout>,
  );
}

function Head() {
  return (
    <>
      <meta name="robots" content="noindex" />
      <script type="module" src={assets().paperJs}></script>
    </>
  );
}

/** As it was written, to be copied from. */
function Says({ text }: { text: string }) {
  return (
    <div class="form">
      <label>
        <span>What the comment says now</span>
        <textarea rows={7} dir="auto" readonly>
          {`\n${text}`}
        </textarea>
      </label>
    </div>
  );
}

function Problem({ problem }: { problem: AppError }) {
  return (
    <div class="notice-line" role="alert">
      <p>
        <strong>{problem.message}</strong> {problem.hint}
      </p>
    </div>
  );
}
