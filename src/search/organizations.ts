/** Organizations as searchers name them. */

import type { Db } from '#schema.ts';
import { tokenize } from './tokens.ts';

/** Papers of the organizations whose name or address has every word of `name`. */
export async function seqsOfOrganizations(db: Db, name: string): Promise<number[]> {
  const words = tokenize(name);
  if (words.length === 0) return [];
  const organizations = await db.selectFrom('organizations').select(['slug', 'name']).execute();
  const slugs = organizations
    .filter(({ slug, name: known }) => {
      const held = new Set([...tokenize(known), ...tokenize(slug), slug]);
      return slug === name.toLowerCase() || words.every((word) => held.has(word));
    })
    .map(({ slug }) => slug);
  if (slugs.length === 0) return [];
  const rows = await db
    .selectFrom('papers')
    .select('seq')
    .where('organization_slug', 'in', slugs)
    .where('hidden_at', 'is', null)
    .execute();
  return rows.map(({ seq }) => seq);
}
