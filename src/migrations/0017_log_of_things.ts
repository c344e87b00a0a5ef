/** What was decided on a thing, and over a comment, is looked up: by who wrote it, who reads a closed discussion, who decides again. */

import type { Kysely } from 'kysely';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await db.schema
    .createIndex('moderation_log_of_target')
    .on('moderation_log')
    .columns(['target_id', 'number'])
    .execute();
  await db.schema.createIndex('moderation_log_over_comment').on('moderation_log').column('comment_id').execute();
}
