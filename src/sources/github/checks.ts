/** SQL on when a paper's repository was looked at, and which are due. */

import { sql } from 'kysely';
import type { Day } from '#platform/day.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import type { StarCheckTable } from '../table.ts';

export interface DueRepository {
  id: PaperId;
  publishedOn: Day;
  codeUrl: string;
  /** Undefined if this link was never looked at. */
  last: Pick<StarCheckTable, 'api_path' | 'etag' | 'stars' | 'failures'> | undefined;
}

const ON_GITHUB = 'https://github.com/%';

/** The newest papers first: theirs are the stars that people look at. */
export async function listDueRepositories(db: Db, now: number, limit: number): Promise<DueRepository[]> {
  const rows = await db
    .selectFrom('papers')
    .leftJoin('star_checks', 'star_checks.paper_id', 'papers.id')
    .select(['papers.id', 'papers.published_on', 'papers.code_url', 'star_checks.code_url as checked_url'])
    .select(['star_checks.api_path', 'star_checks.etag', 'star_checks.stars', 'star_checks.failures'])
    .where('papers.code_url', 'is not', null)
    .where('papers.code_url', 'like', ON_GITHUB)
    .where((e) =>
      e.or([
        e('star_checks.paper_id', 'is', null),
        e('star_checks.next_at', '<=', now),
        sql<boolean>`star_checks.code_url <> papers.code_url`,
      ]),
    )
    .orderBy('papers.published_on', 'desc')
    .orderBy('papers.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ id, published_on: publishedOn, code_url, checked_url, api_path, etag, stars, failures }) => ({
    id,
    publishedOn,
    codeUrl: code_url ?? '',
    last:
      checked_url !== code_url || api_path === null ? undefined : { api_path, etag, stars, failures: failures ?? 0 },
  }));
}

export async function saveCheck(db: Db, check: StarCheckTable): Promise<void> {
  const { paper_id: _, ...rest } = check;
  await db
    .insertInto('star_checks')
    .values(check)
    .onConflict((c) => c.column('paper_id').doUpdateSet(rest))
    .execute();
}
