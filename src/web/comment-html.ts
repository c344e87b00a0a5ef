/** Comments as pages print them. */

import type { CommentView } from '#discussion/comment-view.ts';
import { renderComment } from '#discussion/markdown/render.ts';
import { userPath } from '#feed/addresses.ts';

/** HTML, safe to be printed as it is. */
export function commentHtml({ body, mentions }: Pick<CommentView, 'body' | 'mentions'>): string {
  return renderComment(body, new Map([...mentions].map(([written, name]) => [written, userPath(name)])));
}
