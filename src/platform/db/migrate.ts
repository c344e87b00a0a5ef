/** Brings a database to this program's version, one process at a time, or refuses one from a newer program. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import { AppError } from '#platform/errors.ts';
import { dialectOf } from './open.ts';

export type Migrations = Record<string, Migration>;

/** Any fixed number does; it only has to be the same in every process (PostgreSQL advisory lock). */
const LOCK_KEY = 7_146_001;

/** Returns the names of the migrations that were run now. All or none take effect. */
// oxlint-disable-next-line typescript/no-explicit-any -- any schema will do
export async function migrate(db: Kysely<any>, migrations: Migrations): Promise<string[]> {
  return await db.transaction().execute(async (trx) => {
    if (dialectOf(db) === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK_KEY)})`.execute(trx);
    await refuseForeign(trx);
    const migrator = new Migrator({ db: trx, provider: { getMigrations: async () => migrations } });
    await refuseNewer(trx, migrations);
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    return results.map((result) => result.migrationName);
  });
}

/** Says what would otherwise come as an error about a table: the wrong database, or no right to make tables in it. */
// oxlint-disable-next-line typescript/no-explicit-any -- any schema will do
async function refuseForeign(trx: Kysely<any>): Promise<void> {
  const names = (await trx.introspection.getTables({ withInternalKyselyTables: true })).map((table) => table.name);
  if (!names.includes('kysely_migration') && names.includes('papers')) {
    throw new AppError(
      'conflict',
      'The database belongs to another program: it has a table "papers" that is not ours.',
      {
        hint: 'Name another DATA_DIR, or an empty database in DATABASE_URL.',
      },
    );
  }
  if (dialectOf(trx) === 'sqlite') return;
  const { rows } = await sql<{ may: boolean | null; who: string }>`select current_user as who,
    has_schema_privilege(current_schema(), 'create') as may`.execute(trx);
  if (rows[0]?.may === true) return;
  throw new AppError('forbidden', `The database user ${rows[0]?.who} may not make tables in the database.`, {
    hint: 'Let the user own the database: alter database NAME owner to USER.',
  });
}

// oxlint-disable-next-line typescript/no-explicit-any -- any schema will do
async function refuseNewer(trx: Kysely<any>, migrations: Migrations): Promise<void> {
  const tables = await trx.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return;
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(trx);
  const unknown = applied.rows.map((row) => row.name).filter((name) => !(name in migrations));
  const newest = Object.keys(migrations).sort().at(-1) ?? 'none';
  if (unknown.length === 0) return;
  throw new AppError(
    'conflict',
    `The database was written by a newer Broadsheet: it has ${unknown.join(', ')}, this one knows migrations up to ${newest}.`,
    {
      hint: 'Start the newer version again, or restore the backup made before the upgrade.',
    },
  );
}
