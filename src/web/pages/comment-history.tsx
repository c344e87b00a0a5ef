/** `/papers/:id/comments/:id/history`: what a comment said before it was edited. */

import { raw } from 'hono/html';
import type { Context } from 'hono';
import { findComment } from '#discussion/comment-store.ts';
import { listRevisions } from '#discussion/revisions.ts';
import { commentPath } from '#feed/addresses.ts';
import { demandShown } from '#papers/get-paper.ts';
import { notFound } from '#platform/errors.ts';
import { commentHtml, exactTime } from '../comment-html.ts';
import { Layout } from '../components/layout.tsx';
import { commentIdIn } from '../paper-address.ts';
import type { Site } from '../site.ts';

export async function historyPage(site: Site, c: Context): Promise<Response> {
  const id = commentIdIn(c);
  const comment = await findComment(site.db, id);
  if (comment === undefined || comment.deleted_at !== null || comment.hidden_at !== null)
    throw notFound('There is no such comment.');
  await demandShown(site.db, comment.paper_id);
  const earlier = await listRevisions(site.db, id);
  const now = { body: comment.body, writtenAt: comment.edited_at ?? comment.created_at };
  const path = commentPath({ paperId: comment.paper_id, id });
  return c.html(
    <Layout site={site} c={c} title="What a comment said" head={<meta name="robots" content="noindex" />}>
      <main id="main">
        <div class="list-head">
          <p class="kicker">Edited {earlier.length === 1 ? 'once' : `${earlier.length} times`}</p>
          <h1>What a comment said</h1>
          <p>
            <a href={path}>Back to the comment</a>
          </p>
        </div>
        <ol class="letters">
          {[now, ...earlier.toReversed()].map(({ body, writtenAt }, at) => (
            <li>
              <h2 class="kicker">
                {at === 0 ? 'Now, since ' : 'Written '}
                <time datetime={new Date(writtenAt).toISOString()}>{exactTime(writtenAt)}</time>
              </h2>
              <div class="letter-body" dir="auto">
                {raw(commentHtml({ body, mentions: new Map() }))}
              </div>
            </li>
          ))}
        </ol>
      </main>
    </Layout>,
  );
}
