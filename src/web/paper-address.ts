/** Addresses below that of a paper, whose id may itself hold slashes: `/papers/hep-th/9110025/upvote`. */

import type { Context } from 'hono';
import { notFound } from '#platform/errors.ts';
import { parsePaperId } from '#papers/ids.ts';
import type { PaperId } from '#papers/paper.ts';
import { isCommentId } from '#discussion/comment-id.ts';

/** The pattern of a route: everything that ends in `ending`, a regular expression. */
export function belowPaper(ending: string): string {
  return `/papers/:below{.+/${ending}}`;
}

/** The id that stands before the last `parts` parts of the address. */
export function paperIdAbove(c: Context, parts: number): PaperId {
  const asked = partsOf(c).slice(0, -parts).join('/');
  const id = parsePaperId(asked);
  if (id === undefined) throw notFound(`The paper “${asked}” is not here.`);
  return id;
}

/** `…/comments/ID`, `…/comments/ID/edit` */
export function commentIdIn(c: Context): string {
  const parts = partsOf(c);
  const id = parts[parts.lastIndexOf('comments') + 1] ?? '';
  if (!isCommentId(id)) throw notFound('There is no such comment.');
  return id;
}

function partsOf(c: Context): string[] {
  return (c.req.param('below') ?? '').split('/');
}
