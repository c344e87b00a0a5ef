/** Papers, their indexes, submissions, harvest state, full-text index, jobs. */

import { sql } from 'kysely';
import type { CreateTableBuilder, Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await createPapers(db);
  await createIndexesOfPapers(db);
  await createPeopleOnPapers(db);
  await createHarvestState(db);
  await createFullText(db);
}

/** Ids, slugs and days sort by code point on both databases. */
function text(db: AnyDb) {
  return dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
}

/** SQLite keeps a table whose key is all there is as one tree instead of two. */
async function executeAsKeyOnly(db: AnyDb, table: CreateTableBuilder<string, string>): Promise<void> {
  await (dialectOf(db) === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table).execute();
}

async function createPapers(db: AnyDb): Promise<void> {
  const postgres = dialectOf(db) === 'postgres';
  await db.schema
    .createTable('papers')
    .addColumn('seq', postgres ? 'bigserial' : 'integer', (c) => c.primaryKey())
    .addColumn('id', text(db), (c) => c.notNull().unique())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('abstract', 'text', (c) => c.notNull())
    .addColumn('authors', 'text', (c) => c.notNull())
    .addColumn('author_count', 'bigint', (c) => c.notNull())
    .addColumn('categories', 'text', (c) => c.notNull())
    .addColumn('versions', 'text', (c) => c.notNull())
    .addColumn('published_on', text(db), (c) => c.notNull())
    .addColumn('updated_on', text(db), (c) => c.notNull())
    .addColumn('submitter', 'text')
    .addColumn('license', 'text')
    .addColumn('comments', 'text')
    .addColumn('journal_ref', 'text')
    .addColumn('doi', 'text')
    .addColumn('code_url', 'text')
    .addColumn('project_url', 'text')
    .addColumn('organization_slug', text(db))
    .addColumn('withdrawn', 'bigint', (c) => c.notNull())
    .addColumn('first_seen_at', 'bigint', (c) => c.notNull())
    .addColumn('announced_on', text(db))
    .addColumn('announce_type', 'text')
    .addColumn('change_no', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('papers_announced').on('papers').columns(['announced_on', 'id']).execute();
  await db.schema.createIndex('papers_change').on('papers').column('change_no').execute();
  await db.schema
    .createIndex('papers_organization')
    .on('papers')
    .columns(['organization_slug', 'published_on', 'id'])
    .where('organization_slug', 'is not', null)
    .execute();
}

async function createIndexesOfPapers(db: AnyDb): Promise<void> {
  for (const [table, key] of [
    ['paper_authors', 'slug'],
    ['paper_categories', 'category'],
  ] as const) {
    await executeAsKeyOnly(
      db,
      db.schema
        .createTable(table)
        .addColumn(key, text(db), (c) => c.notNull())
        .addColumn('published_on', text(db), (c) => c.notNull())
        .addColumn('paper_id', text(db), (c) => c.notNull())
        .addPrimaryKeyConstraint(`${table}_key`, [key, 'published_on', 'paper_id']),
    );
  }
  await db.schema
    .createTable('organizations')
    .addColumn('slug', text(db), (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .execute();
}

async function createPeopleOnPapers(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('submissions')
    .addColumn('paper_id', text(db), (c) => c.primaryKey().notNull().references('papers.id'))
    .addColumn('day', text(db), (c) => c.notNull())
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addColumn('submitted_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('submissions_place', ['day', 'position'])
    .execute();
  await db.schema
    .createTable('external_readings')
    .addColumn('paper_id', text(db), (c) => c.notNull().references('papers.id'))
    .addColumn('site', text(db), (c) => c.notNull())
    .addColumn('comments', 'bigint')
    .addColumn('upvotes', 'bigint')
    .addColumn('read_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('external_readings_key', ['paper_id', 'site'])
    .execute();
}

async function createHarvestState(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('harvest_cursors')
    .addColumn('name', text(db), (c) => c.primaryKey().notNull())
    .addColumn('from_day', 'text')
    .addColumn('token', 'text')
    .addColumn('token_expires_at', 'bigint')
    .addColumn('list_from', 'text')
    .addColumn('list_started_on', 'text')
    .addColumn('last_datestamp', 'text')
    .addColumn('etag', 'text')
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('request_slots')
    .addColumn('name', text(db), (c) => c.primaryKey().notNull())
    .addColumn('free_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('jobs')
    .addColumn('name', text(db), (c) => c.primaryKey().notNull())
    .addColumn('leased_until', 'bigint', (c) => c.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('failures', 'bigint', (c) => c.notNull())
    .addColumn('last_error', 'text')
    .execute();
}

/** Keyed by `papers.seq`. On SQLite contentless, because `papers` already holds the text. */
async function createFullText(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('search_watermarks')
    .addColumn('name', text(db), (c) => c.primaryKey().notNull())
    .addColumn('change_no', 'bigint', (c) => c.notNull())
    .execute();
  if (dialectOf(db) === 'sqlite') {
    await sql`create virtual table paper_text using fts5(
      title, authors, abstract, categories,
      content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2")`.execute(db);
    return;
  }
  await sql`create table paper_text (seq bigint primary key, document tsvector not null)`.execute(db);
  await sql`create index paper_text_document on paper_text using gin (document)`.execute(db);
}
