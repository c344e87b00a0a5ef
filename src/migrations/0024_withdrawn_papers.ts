/** The withdrawn papers, which are few, in an index of their own. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await sql`create index papers_withdrawn on papers (seq) where withdrawn = 1`.execute(db);
}
