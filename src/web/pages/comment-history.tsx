/** `/papers/:id/comments/:id/history`: what a comment said before it was edited; of what is hidden, for moderators alone. */

import type { Context } from 'hono';
import { viewerOf } from '#accounts/current-viewer.ts';
import { isModerator } from '#accounts/user.ts';
import { findComment } from '#discussion/comment-store.ts';
import { listRevisions } from '#discussion/revisions.ts';
import { commentPath } from '#feed/addresses.ts';
import { demandShown } from '#papers/get-paper.ts';
import { exactTime } from '#platform/dates.ts';
import { notFound } from '#platform/errors.ts';
import { raw } from '#platform/jsx/html.ts';
import { commentHtml } from '../comment-html.ts';
import { Layout } from '../components/layout.tsx';
import { deletedComment, hiddenComment } from '../deleted-below.ts';
import { commentIdIn } from '../paper-address.ts';
import type { Site } from '../site.ts';

export async function historyPage(site: Site, c: Context): Promise<Response> {
  const id = commentIdIn(c);
  const comment = await findComment(site.db, id);
  if (comment === undefined) throw notFound('There is no such comment.');
  const mayRead = seesHidden(c);
  if (!mayRead) await demandShown(site.db, comment.paper_id);
  if (comment.deleted_at !== null) throw deletedComment(comment.paper_id);
  if (comment.hidden_at !== null && !mayRead) throw hiddenComment(comment.paper_id);
  const asked = c.req.query('before') ?? '';
  const before = /^\d{1,9}$/.test(asked) ? Number(asked) : undefined;
  const { items, next } = await listRevisions(site.db, id, before);
  const now = { body: comment.body, writtenAt: comment.edited_at ?? comment.created_at };
  const path = commentPath({ paperId: comment.paper_id, id });
  return c.html(
    <Layout site={site} c={c} title="What a comment said" head={<meta name="robots" content="noindex" />}>
      <main id="main">
        <div class="list-head">
          <p class="kicker">{before === undefined ? edited(items[0]?.number ?? 0) : 'Earlier texts'}</p>
          <h1>What a comment said</h1>
          <p>
            {comment.hidden_at !== null && <strong>Hidden from readers. </strong>}
            <a href={path}>Back to the comment</a>
          </p>
        </div>
        <ol class="letters">
          {(before === undefined ? [now, ...items] : items).map(({ body, writtenAt }, at) => (
            <li>
              <h2 class="kicker">
                {before === undefined && at === 0 ? 'Now, since ' : 'Written '}
                <time datetime={new Date(writtenAt).toISOString()}>{exactTime(writtenAt)}</time>
              </h2>
              <div class="letter-body" dir="auto">
                {raw(commentHtml({ body, mentions: new Map() }))}
              </div>
            </li>
          ))}
        </ol>
        {next !== undefined && (
          <p class="next-page">
            <a class="button" rel="next" href={`${path}/history?before=${next}`}>
              Earlier texts
            </a>
          </p>
        )}
      </main>
    </Layout>,
  );
}

/** Who decides what is hidden reads it, too. */
function seesHidden(c: Context): boolean {
  const viewer = viewerOf(c);
  return viewer !== undefined && isModerator(viewer) && viewer.bannedAt === null;
}

function edited(times: number): string {
  if (times === 0) return 'Never edited';
  return times === 1 ? 'Edited once' : `Edited ${times} times`;
}
