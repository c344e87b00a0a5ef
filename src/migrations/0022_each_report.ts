/** Who reports a thing anew after it was decided has made another report: the earlier one stays, with what became of it. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  const text = dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
  // SQLite changes no primary key of a table that is there.
  await db.schema.alterTable('reports').renameTo('reports_before').execute();
  await db.schema.dropIndex('reports_open').execute();
  await db.schema.dropIndex('reports_of_user').execute();
  await db.schema
    .createTable('reports')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('target_id', text, (c) => c.notNull())
    .addColumn('user_id', text, (c) => c.notNull())
    .addColumn('paper_id', text, (c) => c.notNull().references('papers.id'))
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('reported_at', 'bigint', (c) => c.notNull())
    .addColumn('settled_at', 'bigint')
    .addColumn('told_at', 'bigint')
    .addColumn('log_number', 'bigint')
    .addPrimaryKeyConstraint('reports_each_key', ['kind', 'target_id', 'user_id', 'reported_at'])
    .execute();
  const columns = sql`kind, target_id, user_id, paper_id, reason, reported_at, settled_at, told_at, log_number`;
  await sql`insert into reports (${columns}) select ${columns} from reports_before`.execute(db);
  await db.schema.dropTable('reports_before').execute();
  await db.schema.createIndex('reports_open').on('reports').columns(['settled_at', 'reported_at']).execute();
  await db.schema.createIndex('reports_of_user').on('reports').columns(['user_id', 'reported_at']).execute();
  // One that waits is changed, not made again.
  await db.schema
    .createIndex('reports_waiting')
    .unique()
    .on('reports')
    .columns(['kind', 'target_id', 'user_id'])
    .where(sql.ref('settled_at'), 'is', null)
    .execute();
}
