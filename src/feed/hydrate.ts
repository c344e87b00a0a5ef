/** Loads what the cards of a page need, in one query however long the page is. */

import { inList, inNumbers } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import { prepared } from '#platform/db/prepared.ts';
import type { PaperId } from '#papers/paper.ts';
import { selectPapers, toPaper } from '#papers/store.ts';
import type { TrendingParts } from '#ranking/score.ts';
import type { Db } from '#schema.ts';
import type { Card, Submitter } from './card.ts';

/**
 * Cards in the order of `ids`; ids that are not stored, and hidden papers, are left out. `viewerId`: the reader whose votes are marked. A
 * page that is kept for everybody names none.
 */
export async function hydrate(db: Db, ids: readonly PaperId[], viewerId?: string): Promise<Card[]> {
  if (ids.length === 0) return [];
  const rows = await askById(db, viewerId ?? '', JSON.stringify(ids));
  return inOrder(new Map(rows.map((row) => [row.id, toCard(row)])), ids);
}

/** As `hydrate`, by the row numbers that the indexes know: it saves asking for the ids first. */
export async function hydrateRows(db: Db, seqs: readonly number[], viewerId?: string): Promise<Card[]> {
  return inOrder(await findCards(db, seqs, viewerId), seqs);
}

/** As `hydrateRows`, by row number. */
export async function findCards(db: Db, seqs: readonly number[], viewerId?: string): Promise<Map<number, Card>> {
  if (seqs.length === 0) return new Map();
  const rows = await askByRow(db, viewerId ?? '', JSON.stringify(seqs));
  return new Map(rows.map((row) => [row.seq, toCard(row)]));
}

const askById = prepared((db: Db, viewerId: string, ids: string) =>
  selectCards(db, viewerId)
    .where(inList(dialectOf(db), 'papers.id', ids))
    .where('papers.hidden_at', 'is', null)
    .compile(),
);

const askByRow = prepared((db: Db, viewerId: string, seqs: string) =>
  selectCards(db, viewerId)
    .select('papers.seq')
    .where(inNumbers(dialectOf(db), 'papers.seq', seqs))
    .where('papers.hidden_at', 'is', null)
    .compile(),
);

/** What `toCard` reads, for those who join more to it. No account has the empty id, so for nobody no vote is found. */
export function selectCards(db: Db, viewerId = '') {
  return selectPapers(db)
    .leftJoin('paper_tallies', 'paper_tallies.paper_id', 'papers.id')
    .leftJoin('upvotes', (join) =>
      join
        .onRef('upvotes.paper_id', '=', 'papers.id')
        .on('upvotes.user_id', '=', viewerId)
        .on('upvotes.withdrawn_at', 'is', null),
    )
    .leftJoin('trending', 'trending.seq', 'papers.seq')
    .select(['trending.stands_at', 'trending.parts'])
    .leftJoin('submissions as submission', 'submission.paper_id', 'papers.id')
    .leftJoin('users as submitter', (join) =>
      join.onRef('submitter.id', '=', 'submission.user_id').on('submitter.deleted_at', 'is', null),
    )
    .select((e) => [
      'submitter.id as submitter_id',
      'submitter.name as submitter_name',
      e
        .selectFrom('star_readings')
        .select('stars')
        .whereRef('star_readings.paper_id', '=', 'papers.id')
        .orderBy('star_readings.day', 'desc')
        .limit(1)
        .as('stars'),
    ])
    .select(['paper_tallies.upvotes as votes', 'paper_tallies.comments as comments_here', 'upvotes.user_id as voter']);
}

type CardRow = Parameters<typeof toPaper>[0] & {
  votes: number | null;
  comments_here: number | null;
  voter: string | null;
  stands_at: number | null;
  parts: string | null;
  submitter_id: string | null;
  submitter_name: string | null;
  stars: number | null;
};

export function toCard(row: CardRow): Card {
  return {
    paper: toPaper(row),
    votes: row.votes ?? 0,
    comments: row.comments_here ?? 0,
    voted: row.voter !== null,
    trending: row.stands_at === null ? undefined : { at: row.stands_at, parts: readParts(row.parts) },
    submitter: toSubmitter(row),
    stars: row.stars ?? undefined,
  };
}

function toSubmitter({ submitter_id: id, submitter_name: name }: CardRow): Submitter | undefined {
  return id === null || name === null ? undefined : { id, name };
}

function readParts(parts: string | null): TrendingParts | undefined {
  return parts === null || parts === '' ? undefined : (JSON.parse(parts) as TrendingParts);
}

function inOrder<Key>(cards: ReadonlyMap<Key, Card>, keys: readonly Key[]): Card[] {
  return keys.flatMap((key) => cards.get(key) ?? []);
}
