/** What people say, as lists that can be followed: the comments on a paper, and what one person says and submits. */

import { sql } from 'kysely';
import { findUserByName } from '#accounts/store.ts';
import { DELETED_NAME, nameInFull } from '#accounts/user.ts';
import { commentExcerpt } from '#discussion/markdown/excerpt.ts';
import { renderForReaders } from '#discussion/markdown/render.ts';
import { getPaper } from '#papers/get-paper.ts';
import type { PaperId } from '#papers/paper.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { notFound } from '#platform/errors.ts';
import type { Db } from '#schema.ts';
import { commentsPath, userPath } from './addresses.ts';
import type { Card } from './card.ts';
import { cursors, decodeCursor, encodeCursor } from './cursor.ts';
import type { SaidCursor } from './cursor.ts';
import { hydrate } from './hydrate.ts';
import type { Moved } from './named-list.ts';
import type { PageRequest } from './skeleton.ts';

/** One comment, ready to be read anywhere. */
export interface Said {
  commentId: string;
  paperId: PaperId;
  /** Plain text. */
  title: string;
  /** Plain text. */
  text: string;
  /** Safe HTML; its links within the site begin with `/`. */
  html: string;
  /** Undefined where the account is deleted. */
  author: { name: string; path: string } | undefined;
  /** Epoch milliseconds. */
  writtenAt: number;
  changedAt: number;
}

/** A list of comments, or of comments and papers, newest first. */
export interface SaidList {
  path: string;
  title: string;
  about: string;
  entries: readonly (Said | Card)[];
  next: string | undefined;
}

/** A comment is whole up to this; nobody writes a longer one. */
const WHOLE = 20_000;

/** Two queries. Throws NotFound for a paper that is not here. */
export async function openCommentsOf(db: Db, asked: string, page: PageRequest): Promise<SaidList | Moved> {
  const paper = await getPaper(db, asked);
  if (paper.id !== asked) return { movedTo: commentsPath(paper.id), forGood: true };
  const rows = await listRows(db, page, 'comments.paper_id', paper.id);
  const shown = rows.slice(0, page.limit);
  const title = texToPlain(paper.title);
  return {
    path: commentsPath(paper.id),
    title: `Comments on “${title}”`,
    about: `What people say of the paper “${title}”, newest first.`,
    entries: shown.map((row) => toSaid(row, `${nameOf(row) ?? DELETED_NAME} on “${title}”`)),
    next: nextOf(rows, page.limit, shown.map(markOf)),
  };
}

/** Four queries. Throws NotFound where nobody has the name, or has deleted the account. */
export async function openUser(db: Db, name: string, page: PageRequest): Promise<SaidList | Moved> {
  const user = await findUserByName(db, name.toLowerCase());
  if (user === undefined) throw notFound('There is nobody of this name here.');
  if (user.name !== name) return { movedTo: userPath(user.name), forGood: true };
  const [comments, submissions] = await Promise.all([
    listRows(db, page, 'comments.user_id', user.id),
    listSubmitted(db, user.id, page),
  ]);
  const all = [...comments, ...submissions].toSorted((a, b) => b.at - a.at || (keyOf(a) < keyOf(b) ? 1 : -1));
  const shown = all.slice(0, page.limit);
  const papers = shown.flatMap((row) => (isSaid(row) ? [] : [row.paperId]));
  const cards = new Map((await hydrate(db, papers)).map((card) => [card.paper.id, card]));
  const who = nameInFull(user);
  return {
    path: userPath(user.name),
    title: who,
    about: `What ${who} submits and says, newest first.`,
    entries: shown.flatMap((row): (Said | Card)[] => {
      if (isSaid(row)) return [toSaid(row, `${who} on “${texToPlain(row.title)}”`)];
      const card = cards.get(row.paperId);
      return card === undefined ? [] : [card];
    }),
    next: nextOf(all, page.limit, shown.map(markOf)),
  };
}

interface SaidRow {
  id: string;
  paperId: PaperId;
  body: string;
  at: number;
  editedAt: number | null;
  title: string;
  name: string | null;
  fullName: string | null;
  deletedAt: number | null;
}

interface SubmittedRow {
  paperId: PaperId;
  at: number;
}

/** Neither deleted nor hidden ones, nor those on hidden papers: one more than the page has. */
async function listRows(
  db: Db,
  { limit, after }: PageRequest,
  column: 'comments.paper_id' | 'comments.user_id',
  id: string,
): Promise<SaidRow[]> {
  let query = db
    .selectFrom('comments')
    .innerJoin('papers', 'papers.id', 'comments.paper_id')
    .leftJoin('users', 'users.id', 'comments.user_id')
    .select(['comments.id', 'comments.paper_id as paperId', 'comments.body', 'comments.created_at as at'])
    .select(['comments.edited_at as editedAt', 'papers.title'])
    .select(['users.name', 'users.full_name as fullName', 'users.deleted_at as deletedAt'])
    .where(column, '=', id)
    .where('comments.deleted_at', 'is', null)
    .where('comments.hidden_at', 'is', null)
    .where('papers.hidden_at', 'is', null);
  if (after !== undefined) {
    const [, at, key] = decodeCursor(cursors.said, after);
    query = query.where(sql<boolean>`(comments.created_at, ${sql.lit('c')} || comments.id) < (${at}, ${key})`);
  }
  return await query
    .orderBy('comments.created_at', 'desc')
    .orderBy('comments.id', 'desc')
    .limit(limit + 1)
    .execute();
}

async function listSubmitted(db: Db, userId: string, { limit, after }: PageRequest): Promise<SubmittedRow[]> {
  let query = db
    .selectFrom('submissions')
    .select(['paper_id as paperId', 'submitted_at as at'])
    .where('user_id', '=', userId);
  if (after !== undefined) {
    const [, at, key] = decodeCursor(cursors.said, after);
    query = query.where(sql<boolean>`(submitted_at, ${sql.lit('p')} || paper_id) < (${at}, ${key})`);
  }
  return await query
    .orderBy('submitted_at', 'desc')
    .orderBy('paper_id', 'desc')
    .limit(limit + 1)
    .execute();
}

function isSaid(row: SaidRow | SubmittedRow): row is SaidRow {
  return 'body' in row;
}

/** What orders things of the same millisecond. */
function keyOf(row: SaidRow | SubmittedRow): string {
  return isSaid(row) ? `c${row.id}` : `p${row.paperId}`;
}

function markOf(row: SaidRow | SubmittedRow): SaidCursor {
  return ['w', row.at, keyOf(row)];
}

function nextOf(rows: readonly unknown[], limit: number, marks: readonly SaidCursor[]): string | undefined {
  const last = marks.at(-1);
  return rows.length > limit && last !== undefined ? encodeCursor(last) : undefined;
}

function nameOf({ name, fullName, deletedAt }: SaidRow): string | undefined {
  return name === null || deletedAt !== null ? undefined : nameInFull({ name, fullName, deletedAt });
}

function toSaid(row: SaidRow, title: string): Said {
  const { id, paperId, body, at, editedAt, name } = row;
  const shown = nameOf(row);
  return {
    commentId: id,
    paperId,
    title,
    text: commentExcerpt(body, WHOLE),
    html: renderForReaders(body),
    author: shown === undefined || name === null ? undefined : { name: shown, path: userPath(name) },
    writtenAt: at,
    changedAt: editedAt ?? at,
  };
}
