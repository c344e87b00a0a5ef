/** How often the end of a mail was sent and never answered: such a mail may have arrived. */

import type { Kysely } from 'kysely';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await db.schema
    .alterTable('digest_mails')
    .addColumn('unanswered', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
