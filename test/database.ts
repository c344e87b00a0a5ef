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

export async function openTestDatabase(dialect: DialectName = 'sqlite'): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-test-'));
  const queries: string[] = [];
  const databaseUrl = dialect === 'postgres' ? await createDatabase() : '';
  const db = await openDatabase<Schema>({
    databaseUrl,
    file: join(folder, 'broadsheet.db'),
    onQuery: (text) => queries.push(text),
  });
  await migrate(db, migrations);
  queries.length = 0;
  return {
    db,
    dialect,
    queries,
    settings: { DATA_DIR: folder, DATABASE_URL: databaseUrl },
    async [Symbol.asyncDispose]() {
      await db.destroy();
      if (databaseUrl !== '') await dropDatabase(databaseUrl);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A database of its own in the test cluster, so that suites can run side by side. */
async function createDatabase(): Promise<string> {
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await onCluster(`create database ${name}`);
  const url = new URL(postgresUrl ?? '');
  url.pathname = `/${name}`;
  return url.href;
}

async function dropDatabase(url: string): Promise<void> {
  await onCluster(`drop database ${new URL(url).pathname.slice(1)} with (force)`);
}

async function onCluster(statement: string): Promise<void> {
  const cluster = await openDatabase<Schema>({ databaseUrl: postgresUrl ?? '', file: '' });
  await sql.raw(statement).execute(cluster);
  await cluster.destroy();
}
