/** People on papers: upvotes, comments with their history and reactions, and what is counted of both. */

import { sql } from 'kysely';
import type { CreateTableBuilder, Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await createUpvotes(db);
  await createComments(db);
  await createBesideComments(db);
  await createTallies(db);
}

/** Ids sort by code point on both databases. */
function text(db: AnyDb) {
  return dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
}

/** SQLite keeps a table whose key is nearly all there is as one tree instead of two. */
async function executeAsKeyOnly(db: AnyDb, table: CreateTableBuilder<string, string>): Promise<void> {
  await (dialectOf(db) === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table).execute();
}

async function createUpvotes(db: AnyDb): Promise<void> {
  await executeAsKeyOnly(
    db,
    db.schema
      .createTable('upvotes')
      .addColumn('paper_id', text(db), (c) => c.notNull().references('papers.id'))
      .addColumn('user_id', text(db), (c) => c.notNull())
      .addColumn('voted_at', 'bigint', (c) => c.notNull())
      .addColumn('withdrawn_at', 'bigint')
      .addPrimaryKeyConstraint('upvotes_key', ['paper_id', 'user_id']),
  );
  await db.schema.createIndex('upvotes_of_user').on('upvotes').columns(['user_id', 'voted_at', 'paper_id']).execute();
}

async function createComments(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('comments')
    .addColumn('id', text(db), (c) => c.primaryKey().notNull())
    .addColumn('paper_id', text(db), (c) => c.notNull().references('papers.id'))
    .addColumn('user_id', text(db), (c) => c.notNull())
    .addColumn('thread_id', text(db), (c) => c.notNull())
    .addColumn('is_reply', 'bigint', (c) => c.notNull())
    .addColumn('reply_to', text(db))
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('edited_at', 'bigint')
    .addColumn('deleted_at', 'bigint')
    .addColumn('hidden_at', 'bigint')
    .addColumn('hidden_by', text(db))
    .addColumn('answers', 'bigint', (c) => c.notNull())
    .addColumn('score', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('comments_of_paper')
    .on('comments')
    .columns(['paper_id', 'thread_id', 'is_reply', 'id'])
    .execute();
  await db.schema.createIndex('comments_of_thread').on('comments').column('thread_id').execute();
  await db.schema
    .createIndex('comments_answering')
    .on('comments')
    .column('reply_to')
    .where('reply_to', 'is not', null)
    .execute();
  await db.schema.createIndex('comments_of_user').on('comments').columns(['user_id', 'id']).execute();
}

async function createBesideComments(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('comment_revisions')
    .addColumn('comment_id', text(db), (c) => c.notNull().references('comments.id'))
    .addColumn('number', 'bigint', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('written_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('comment_revisions_key', ['comment_id', 'number'])
    .execute();
  await executeAsKeyOnly(
    db,
    db.schema
      .createTable('comment_mentions')
      .addColumn('comment_id', text(db), (c) => c.notNull().references('comments.id'))
      .addColumn('name', text(db), (c) => c.notNull())
      .addColumn('user_id', text(db), (c) => c.notNull())
      .addPrimaryKeyConstraint('comment_mentions_key', ['comment_id', 'name']),
  );
  await executeAsKeyOnly(
    db,
    db.schema
      .createTable('comment_reactions')
      .addColumn('comment_id', text(db), (c) => c.notNull().references('comments.id'))
      .addColumn('user_id', text(db), (c) => c.notNull())
      .addColumn('emoji', text(db), (c) => c.notNull())
      .addColumn('reacted_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('comment_reactions_key', ['comment_id', 'user_id', 'emoji']),
  );
  await db.schema.createIndex('comment_reactions_of_user').on('comment_reactions').column('user_id').execute();
}

async function createTallies(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('paper_tallies')
    .addColumn('paper_id', text(db), (c) => c.primaryKey().notNull().references('papers.id'))
    .addColumn('upvotes', 'bigint', (c) => c.notNull())
    .addColumn('comments', 'bigint', (c) => c.notNull())
    .addColumn('commenters', 'bigint', (c) => c.notNull())
    .addColumn('last_vote_at', 'bigint')
    .addColumn('last_comment_at', 'bigint')
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('paper_tallies_changed')
    .on('paper_tallies')
    .columns(['changed_at', 'paper_id'])
    .execute();
  await db.schema
    .createTable('discussion_locks')
    .addColumn('paper_id', text(db), (c) => c.primaryKey().notNull().references('papers.id'))
    .addColumn('locked_at', 'bigint', (c) => c.notNull())
    .addColumn('locked_by', text(db), (c) => c.notNull())
    .execute();
}
