/** What there is to browse: every category and every organization that has papers, with their numbers. One query each. */

import { sql } from 'kysely';
import type { Db } from '#schema.ts';

export interface Subject {
  /** `cs.LG`, `cs`; an organization's slug. */
  key: string;
  name: string | null;
  papers: number;
}

/** Archives and their categories in the order of their codes, names left to the reader's side. Reads the whole index. */
export async function listCategories(db: Db): Promise<Subject[]> {
  const found = await sql<Subject>`
    select category as key, null as name, count(*) as papers
    from paper_categories group by category order by category`.execute(db);
  return found.rows;
}

/** The largest first. */
export async function listOrganizations(db: Db, limit: number): Promise<Subject[]> {
  const found = await sql<Subject>`
    select papers.organization_slug as key, organizations.name, count(*) as papers
    from papers join organizations on organizations.slug = papers.organization_slug
    where papers.organization_slug is not null
    group by papers.organization_slug, organizations.name
    order by count(*) desc, papers.organization_slug limit ${limit}`.execute(db);
  return found.rows;
}
