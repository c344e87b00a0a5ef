/** Everything by one author, in one category, of one organization, newest first: opened by the name in its address. */

import { notFound } from '#platform/errors.ts';
import { authorSlug } from '#papers/authors.ts';
import { canonicalCategory, categoryName } from '#papers/category-names.ts';
import { fullName } from '#papers/paper.ts';
import { findOrganization } from '#papers/store.ts';
import type { Db } from '#schema.ts';
import { authorSlugPath, categoryPath, organizationPath } from './addresses.ts';
import { hydrate } from './hydrate.ts';
import { listByAuthor, listByCategory, listByOrganization } from './lists.ts';
import type { Moved, NamedList } from './named-list.ts';
import type { PageRequest } from './skeleton.ts';

export interface DatedList extends NamedList {
  /** What the title is the name of: `Author`, `Category cs.LG`. */
  kind: string;
}

/** Two queries. Throws NotFound for a name that no author here has. */
export async function openAuthor(db: Db, slug: string, page: PageRequest): Promise<DatedList | Moved> {
  if (slug !== slug.toLowerCase()) return { movedTo: authorSlugPath(slug.toLowerCase()), forGood: true };
  const { ids, next } = await listByAuthor(db, slug, page);
  const cards = await hydrate(db, ids, page.viewerId);
  const author = cards.flatMap((card) => card.paper.authors).find((one) => authorSlug(one) === slug);
  if (!author) {
    throw notFound(`No paper here has an author “${slug}”.`, {
      hint: 'Names are written like /authors/yixiao-huang. A search finds other spellings.',
    });
  }
  return dated({ kind: 'Author', title: fullName(author), path: authorSlugPath(slug), cards, next });
}

/** Two queries. Throws NotFound for a category or archive without papers. */
export async function openCategory(db: Db, category: string, page: PageRequest): Promise<DatedList | Moved> {
  const canonical = canonicalCategory(category);
  if (canonical !== undefined && canonical !== category) return { movedTo: categoryPath(canonical), forGood: true };
  const { ids, next } = await listByCategory(db, category, page);
  if (ids.length === 0 && page.after === undefined) {
    throw notFound(`No paper here is in a category “${category}”.`, {
      hint: 'Categories are written as arXiv writes them: /categories/cs.LG, or /categories/cs for all of computer science.',
    });
  }
  const name = categoryName(category);
  return dated({
    kind: name === undefined ? 'Category' : `Category ${category}`,
    title: name ?? category,
    path: categoryPath(category),
    cards: await hydrate(db, ids, page.viewerId),
    next,
  });
}

/** Three queries. Throws NotFound for one that is not known. */
export async function openOrganization(db: Db, slug: string, page: PageRequest): Promise<DatedList | Moved> {
  if (slug !== slug.toLowerCase()) return { movedTo: organizationPath(slug.toLowerCase()), forGood: true };
  const organization = await findOrganization(db, slug);
  if (!organization)
    throw notFound(`No organization here is called “${slug}”.`, { hint: 'All of them: /organizations' });
  const { ids, next } = await listByOrganization(db, slug, page);
  const cards = await hydrate(db, ids, page.viewerId);
  return dated({ kind: 'Organization', title: organization.name, path: organizationPath(slug), cards, next });
}

function dated(list: Omit<DatedList, 'about'>): DatedList {
  return { ...list, about: `${list.kind}: ${list.title}. Papers, newest first.` };
}
