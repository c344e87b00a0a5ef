/** SQL on the papers and organisations themselves. */

import { sql } from 'kysely';
import { inList, inNumbers } from '#platform/db/in-list.ts';
import { insertRows } from '#platform/db/insert-rows.ts';
import { dialectOf } from '#platform/db/open.ts';
import { columnNames } from '#platform/db/rows.ts';
import type { Columns } from '#platform/db/rows.ts';
import type { Db } from '#schema.ts';
import { decodeAuthors, decodeVersions } from './merge.ts';
import type { PaperRow } from './merge.ts';
import type { Organization, Paper, PaperId } from './paper.ts';
import type { PaperTable } from './table.ts';

type WrittenRow = PaperRow & { change_no: number };

const COLUMNS: Columns<WrittenRow> = {
  id: 'text',
  title: 'text',
  abstract: 'text',
  authors: 'text',
  author_count: 'bigint',
  categories: 'text',
  versions: 'text',
  published_on: 'text',
  updated_on: 'text',
  submitter: 'text',
  license: 'text',
  comments: 'text',
  journal_ref: 'text',
  doi: 'text',
  code_url: 'text',
  project_url: 'text',
  organization_slug: 'text',
  withdrawn: 'bigint',
  links_by_hand: 'bigint',
  hidden_at: 'bigint',
  first_seen_at: 'bigint',
  announced_on: 'text',
  announce_type: 'text',
  change_no: 'bigint',
};

const PAPER_COLUMNS = columnNames(COLUMNS).filter((name) => name !== 'change_no');

/** Stored rows by id; ids that are not stored are left out. */
export async function findRows(db: Db, ids: readonly PaperId[]): Promise<Map<PaperId, PaperRow>> {
  const rows = await db
    .selectFrom('papers')
    .select(PAPER_COLUMNS)
    .where(inList(dialectOf(db), 'id', ids))
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Inserts rows, or overwrites those with the same id. Ids must be distinct. */
export async function upsertRows(db: Db, rows: readonly WrittenRow[]): Promise<void> {
  const updated = columnNames(COLUMNS).filter((name) => name !== 'id' && name !== 'first_seen_at');
  const changes = updated.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`);
  const conflict = sql`(id) do update set ${sql.join(changes)}`;
  await insertRows(db, { table: 'papers', columns: COLUMNS, rows, conflict });
}

/** The highest change number given so far; 0 in an empty database. */
export async function newestChange(db: Db): Promise<number> {
  const row = await db
    .selectFrom('papers')
    .select((e) => e.fn.max('change_no').as('newest'))
    .executeTakeFirst();
  return row?.newest ?? 0;
}

export async function saveOrganizations(db: Db, organizations: readonly Organization[]): Promise<void> {
  const bySlug = new Map(organizations.map((organization) => [organization.slug, organization]));
  if (bySlug.size === 0) return;
  await db
    .insertInto('organizations')
    .values([...bySlug.values()].map(({ slug, name }) => ({ slug, name })))
    .onConflict((conflict) => conflict.column('slug').doUpdateSet((e) => ({ name: e.ref('excluded.name') })))
    .execute();
}

export async function findOrganization(db: Db, slug: string): Promise<Organization | undefined> {
  return await db.selectFrom('organizations').select(['slug', 'name']).where('slug', '=', slug).executeTakeFirst();
}

/** Papers by id, in any order; ids that are not stored are left out. One query. */
export async function findPapers(db: Db, ids: readonly PaperId[]): Promise<Map<PaperId, Paper>> {
  if (ids.length === 0) return new Map();
  const rows = await selectPapers(db)
    .where(inList(dialectOf(db), 'papers.id', ids))
    .execute();
  return new Map(rows.map((row) => [row.id, toPaper(row)]));
}

/** As `findPapers`, by `papers.seq`. */
export async function findPapersByRow(db: Db, seqs: readonly number[]): Promise<Map<number, Paper>> {
  if (seqs.length === 0) return new Map();
  const rows = await selectPapers(db)
    .select('papers.seq')
    .where(inNumbers(dialectOf(db), 'papers.seq', seqs))
    .execute();
  return new Map(rows.map((row) => [row.seq, toPaper(row)]));
}

/** What `toPaper` reads, for those who join more to it. */
export function selectPapers(db: Db) {
  return db
    .selectFrom('papers')
    .leftJoin('organizations', 'organizations.slug', 'papers.organization_slug')
    .select(PAPER_COLUMNS.map((name) => `papers.${name}` as const))
    .select('organizations.name as organization_name');
}

export async function findPaper(db: Db, id: PaperId): Promise<Paper | undefined> {
  return (await findPapers(db, [id])).get(id);
}

/** Which of these are stored. */
export async function findStoredIds(db: Db, ids: readonly PaperId[]): Promise<Set<PaperId>> {
  const rows = await db
    .selectFrom('papers')
    .select('id')
    .where(inList(dialectOf(db), 'id', ids))
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Costs nothing however many there are, unlike counting them. */
export async function hasPapers(db: Db): Promise<boolean> {
  return (await db.selectFrom('papers').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** `papers.seq` of those that were withdrawn. They are few, and stand in an index of their own. */
export async function listWithdrawn(db: Db): Promise<number[]> {
  // The literal, not a parameter: SQLite must know when it plans that the index has them all.
  const rows = await db
    .selectFrom('papers')
    .select('seq')
    .where(sql<boolean>`withdrawn = 1`)
    .execute();
  return rows.map((row) => row.seq);
}

export async function countPapers(db: Db): Promise<number> {
  const row = await db
    .selectFrom('papers')
    .select((e) => e.fn.countAll<number>().as('papers'))
    .executeTakeFirstOrThrow();
  return row.papers;
}

/** A row of `selectPapers`. */
type JoinedRow = Pick<PaperTable, keyof PaperRow> & { organization_name: string | null };

export function toPaper(row: JoinedRow): Paper {
  const { organization_slug: slug, organization_name: name } = row;
  return {
    id: row.id,
    title: row.title,
    abstract: row.abstract,
    authors: decodeAuthors(row.authors),
    authorCount: row.author_count,
    categories: row.categories === '' ? [] : row.categories.split(' '),
    versions: decodeVersions(row.versions),
    publishedOn: row.published_on,
    updatedOn: row.updated_on,
    submitter: row.submitter,
    license: row.license,
    comments: row.comments,
    journalRef: row.journal_ref,
    doi: row.doi,
    codeUrl: row.code_url,
    projectUrl: row.project_url,
    organization: slug === null ? null : { slug, name: name ?? slug },
    withdrawn: row.withdrawn === 1,
    firstSeenAt: row.first_seen_at,
    announcedOn: row.announced_on,
    announceType: row.announce_type,
  };
}
