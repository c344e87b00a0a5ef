/** SQL on the jobs, for those who look. */

import type { Kysely, Selectable } from 'kysely';
import type { JobsTables, JobTable } from './table.ts';

export async function listJobs<Schema extends JobsTables>(db: Kysely<Schema>): Promise<Selectable<JobTable>[]> {
  return await (db as unknown as Kysely<JobsTables>).selectFrom('jobs').selectAll().orderBy('name').execute();
}
