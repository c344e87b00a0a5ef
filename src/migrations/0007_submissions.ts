/** Who submitted a paper, what waits to be fetched for somebody, links that people set, and stars of repositories. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await createRequests(db);
  await createLinkEdits(db);
  await createStars(db);
}

/** Ids and days sort by code point on both databases. */
function text(db: AnyDb) {
  return dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
}

async function createRequests(db: AnyDb): Promise<void> {
  await db.schema.alterTable('submissions').addColumn('user_id', text(db)).execute();
  await db.schema
    .createIndex('submissions_of_user')
    .on('submissions')
    .columns(['user_id', 'submitted_at', 'paper_id'])
    .where('user_id', 'is not', null)
    .execute();
  await db.schema
    .createTable('submission_requests')
    .addColumn('paper_id', text(db), (c) => c.notNull())
    .addColumn('user_id', text(db), (c) => c.notNull())
    .addColumn('asked_at', 'bigint', (c) => c.notNull())
    .addColumn('any_age', 'bigint', (c) => c.notNull())
    .addColumn('next_at', 'bigint')
    .addColumn('attempts', 'bigint', (c) => c.notNull())
    .addColumn('problem', 'text')
    .addPrimaryKeyConstraint('submission_requests_key', ['user_id', 'paper_id'])
    .execute();
  await db.schema
    .createIndex('submission_requests_due')
    .on('submission_requests')
    .column('next_at')
    .where('next_at', 'is not', null)
    .execute();
}

async function createLinkEdits(db: AnyDb): Promise<void> {
  await db.schema
    .alterTable('papers')
    .addColumn('links_by_hand', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable('paper_link_edits')
    .addColumn('paper_id', text(db), (c) => c.notNull().references('papers.id'))
    .addColumn('number', 'bigint', (c) => c.notNull())
    .addColumn('user_id', text(db), (c) => c.notNull())
    .addColumn('edited_at', 'bigint', (c) => c.notNull())
    .addColumn('code_url', 'text')
    .addColumn('project_url', 'text')
    .addPrimaryKeyConstraint('paper_link_edits_key', ['paper_id', 'number'])
    .execute();
  await db.schema.createIndex('paper_link_edits_of_user').on('paper_link_edits').column('user_id').execute();
}

async function createStars(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('star_readings')
    .addColumn('paper_id', text(db), (c) => c.notNull().references('papers.id'))
    .addColumn('day', text(db), (c) => c.notNull())
    .addColumn('stars', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('star_readings_key', ['paper_id', 'day'])
    .execute();
  await db.schema
    .createTable('star_checks')
    .addColumn('paper_id', text(db), (c) => c.primaryKey().notNull().references('papers.id'))
    .addColumn('code_url', 'text', (c) => c.notNull())
    .addColumn('api_path', 'text', (c) => c.notNull())
    .addColumn('etag', 'text')
    .addColumn('stars', 'bigint')
    .addColumn('checked_at', 'bigint', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('failures', 'bigint', (c) => c.notNull())
    .addColumn('problem', 'text')
    .execute();
  // What is due is looked for among the papers that have code; the others are not touched.
  await db.schema
    .createIndex('papers_with_code')
    .on('papers')
    .columns(['published_on', 'id', 'code_url'])
    .where('code_url', 'is not', null)
    .execute();
}
