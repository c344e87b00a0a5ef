/** Skeletons of what is new, for mail: the papers of some days, of all or of one subject. One query each. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { inNumbers } from '#platform/db/in-list.ts';
import type { Day, DayRange } from '#platform/day.ts';
import { dialectOf } from '#platform/db/open.ts';
import { isArxivId } from '#papers/ids.ts';
import type { PaperId } from '#papers/paper.ts';
import { withSort } from '#search/query/edit.ts';
import type { Db } from '#schema.ts';
import { groupWorks } from './group-works.ts';
import { hydrate } from './hydrate.ts';
import { asksNothing, readSearch } from './read-search.ts';
import { matchingRows } from './search.ts';
import type { Searcher } from './search.ts';

/** A paper as a candidate for a mail. */
export interface NewPaper {
  id: PaperId;
  /** `papers.seq` */
  seq: number;
  /** Of its edition. */
  day: Day;
  /** Where it stands in the trending lists, epoch ms. */
  standsAt: number;
  votes: number;
  /** Whether people put it above where its date alone would. */
  trends: boolean;
  /** When this installation first saw it, epoch ms. */
  seenAt: number;
}

export type Subject =
  | { kind: 'everything' }
  | { kind: 'category'; id: string }
  | { kind: 'author' | 'organization'; slug: string }
  /** As typed into the search. */
  | { kind: 'search'; q: string };

/** More papers than any mail has, twenty times over, so that enough are left of which none was sent before. */
const CANDIDATES = 1_000;
/** Works from other sources than arXiv may be here twice; further down nobody is sent them. */
const GROUPED = 200;

/** `trending`: as the trending list; the others come before it: most upvotes first, the newest edition first. */
export type NewOrder = 'trending' | 'votes' | 'newest';

const FIRST: Record<NewOrder, RawBuilder<unknown>> = {
  trending: sql``,
  votes: sql`(trending.upvotes + 0) desc, `,
  newest: sql`trending.day desc, `,
};

/**
 * Of the editions of `range`, the first thousand in that order. Hidden papers are left out, and a work that came from two sources
 * stands in it once. A search that cannot be read, or that no paper matches word by word, has none.
 */
export async function listNew(
  searcher: Searcher,
  subject: Subject,
  range: DayRange,
  order: NewOrder = 'trending',
): Promise<NewPaper[]> {
  const { db } = searcher;
  const condition = subject.kind === 'search' ? await matches(searcher, subject.q) : conditionOf(subject);
  if (condition === undefined) return [];
  const { rows } = await sql<Omit<NewPaper, 'trends'> & { trends: number }>`
    select papers.id, papers.seq, trending.day, trending.stands_at as "standsAt", trending.upvotes as votes,
      case when trending.parts = '' then 0 else 1 end as trends, papers.first_seen_at as "seenAt"
    from trending join papers on papers.seq = trending.seq
    where trending.day >= ${range.first} and trending.day <= ${range.last} and papers.hidden_at is null and ${condition}
    order by ${FIRST[order]}(trending.stands_at + 0) desc, trending.seq desc limit ${sql.lit(CANDIDATES)}`.execute(db);
  return await once(
    db,
    rows.map((row) => ({ ...row, trends: row.trends === 1 })),
  );
}

function conditionOf(subject: Exclude<Subject, { kind: 'search' }>): RawBuilder<boolean> {
  switch (subject.kind) {
    case 'everything':
      return sql<boolean>`1 = 1`;
    case 'category':
      return standsIn('paper_categories', 'category', subject.id);
    case 'author':
      return standsIn('paper_authors', 'slug', subject.slug);
    case 'organization':
      return sql<boolean>`papers.organization_slug = ${subject.slug}`;
  }
}

/** One probe of the table's key for each paper. */
function standsIn(table: string, column: string, value: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from ${sql.table(table)} as listed where ${sql.ref(`listed.${column}`)} = ${value}
    and listed.published_on = papers.published_on and listed.paper_id = papers.id)`;
}

/** As the search's feed has it: those with every word, the newest first. */
async function matches(searcher: Searcher, q: string): Promise<RawBuilder<boolean> | undefined> {
  const meant = await readSearch(searcher.db, q).catch(() => undefined);
  if (meant === undefined || meant.kind === 'nothing') return undefined;
  if (meant.kind === 'category') return standsIn('paper_categories', 'category', meant.name);
  if (meant.kind === 'paper') return sql<boolean>`papers.id = ${meant.id}`;
  if (asksNothing(meant.query)) return undefined;
  const seqs = await matchingRows(searcher, withSort(meant.query, 'new'));
  return seqs.length === 0 ? undefined : inNumbers(dialectOf(searcher.db), 'papers.seq', seqs);
}

async function once(db: Db, papers: readonly NewPaper[]): Promise<NewPaper[]> {
  if (papers.every(({ id }) => isArxivId(id))) return [...papers];
  const ids = papers.slice(0, GROUPED).map(({ id }) => id);
  const stay = new Set(groupWorks(await hydrate(db, ids)).map(({ paper }) => paper.id));
  return papers.filter(({ id }, at) => at >= GROUPED || stay.has(id));
}
