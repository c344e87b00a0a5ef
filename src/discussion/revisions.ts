/** What a comment said before it was edited: everybody may read it. */

import type { Db, Trx } from '#schema.ts';
import { fitting } from './page-length.ts';

export interface Revision {
  /** From 1, the first text. */
  number: number;
  body: string;
  /** When this text was written, epoch milliseconds. */
  writtenAt: number;
}

/** Whoever edits more often writes another text each time, and every one of them is kept. */
export const MOST_REVISIONS = 50;

const REVISIONS_A_PAGE = 10;

export interface RevisionPage {
  items: Revision[];
  /** Number of the last one, where there are earlier ones. */
  next: number | undefined;
}

/** The newest first, without the present text; earlier than the number `before`. Long ones are fewer to a page. */
export async function listRevisions(db: Db, commentId: string, before?: number): Promise<RevisionPage> {
  let query = db
    .selectFrom('comment_revisions')
    .select(['number', 'body', 'written_at as writtenAt'])
    .where('comment_id', '=', commentId)
    .orderBy('number', 'desc')
    .limit(REVISIONS_A_PAGE + 1);
  if (before !== undefined) query = query.where('number', '<', before);
  const rows = await query.execute();
  const items = fitting(rows.slice(0, REVISIONS_A_PAGE), ({ body }) => body.length);
  return { items, next: rows.length > items.length ? items.at(-1)?.number : undefined };
}

export async function countRevisions(trx: Trx, commentId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('comment_revisions')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('comment_id', '=', commentId)
    .executeTakeFirstOrThrow();
  return count;
}
