/** Databases for tests: each call gives an empty, migrated one of its own that goes away with the test. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { sql } from 'kysely';
import { migrations } from '#migrations/index.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openDatabase } from '#platform/db/open.ts';
import type { DialectName } from '#platform/db/open.ts';
import type { Db, Schema } from '#schema.ts';
import { copyPostgres, copySqlite, DATABASE_FILE, onCluster, withDatabase } from './templates.ts';
import type { Template } from './templates.ts';

export interface TestDatabase extends AsyncDisposable {
  db: Db;
  dialect: DialectName;
  /** Statements since the last `queries.length = 0`. */
  queries: string[];
  /** For programs under test: the settings that lead to this database. */
  settings: { DATA_DIR: string; DATABASE_URL: string };
}

/** Set by the test command, which starts a PostgreSQL cluster of its own. */
const postgresUrl = process.env['TEST_DATABASE_URL'];

export const dialects: DialectName[] = postgresUrl ? ['sqlite', 'postgres'] : ['sqlite'];

/** Runs a suite once per database; PostgreSQL only where the test command has one. */
export function onEachDatabase(
  name: string,
  suite: (open: () => Promise<TestDatabase>, dialect: DialectName) => void,
): void {
  for (const dialect of dialects) {
    describe(`${name} (${dialect})`, () => suite(async () => await openTestDatabase(dialect), dialect));
  }
}

/** Migrated, and no more. */
const EMPTY: Template = {
  name: 'empty',
  async fill({ DATA_DIR, DATABASE_URL }) {
    const db = await openDatabase<Schema>({ databaseUrl: DATABASE_URL, file: join(DATA_DIR, DATABASE_FILE) });
    await migrate(db, migrations);
    await db.destroy();
  },
};

/** A copy of the template, an empty one by default. */
export async function openTestDatabase(
  dialect: DialectName = 'sqlite',
  template: Template = EMPTY,
): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-test-'));
  const queries: string[] = [];
  const file = join(folder, DATABASE_FILE);
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  if (dialect === 'postgres') await copyPostgres(template, postgresUrl ?? '', name);
  else await copySqlite(template, file);
  const databaseUrl = dialect === 'postgres' ? withDatabase(postgresUrl ?? '', name) : '';
  const db = await openDatabase<Schema>({ databaseUrl, file, onQuery: (text) => queries.push(text) });
  return {
    db,
    dialect,
    queries,
    settings: { DATA_DIR: folder, DATABASE_URL: databaseUrl },
    async [Symbol.asyncDispose]() {
      await db.destroy();
      if (databaseUrl !== '') {
        await onCluster(postgresUrl ?? '', async (cluster) => {
          await sql.raw(`drop database ${name} with (force)`).execute(cluster);
        });
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}
