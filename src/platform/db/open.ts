/** Opens the database that DATABASE_URL or DATA_DIR names. */

import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, PostgresDialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Dialect } from 'kysely';
import type { PoolClient } from 'pg';
import { preparedName } from './prepared.ts';
import { SqliteDriver } from './sqlite-driver.ts';

export type DialectName = 'sqlite' | 'postgres';

export interface Storage {
  /** A `postgres://` address, or empty for SQLite. */
  databaseUrl: string;
  /** SQLite file, used if `databaseUrl` is empty. */
  file: string;
}

export interface OpenOptions extends Storage {
  /** Called with every statement's SQL, for tests that count queries. */
  onQuery?: (sql: string) => void;
}

export type Database<Schema> = Kysely<Schema>;

/** Connections kept to PostgreSQL. Pages are cached for a second, so a few suffice. */
const POOL_SIZE = 10;

export async function openDatabase<Schema>(options: OpenOptions): Promise<Kysely<Schema>> {
  const { onQuery } = options;
  const dialect = options.databaseUrl === '' ? sqliteDialect(options) : await postgresDialect(options.databaseUrl);
  const isPostgres = options.databaseUrl !== '';
  return new Kysely<Schema>({
    dialect,
    ...(isPostgres && onQuery ? { log: (event) => onQuery(event.query.sql) } : {}),
  });
}

/** Which SQL to speak, where the two differ. */
// oxlint-disable-next-line typescript/no-explicit-any -- any schema will do
export function dialectOf(db: Kysely<never> | Kysely<any>): DialectName {
  return db.getExecutor().adapter instanceof SqliteAdapter ? 'sqlite' : 'postgres';
}

/** What our driver can do beyond what Kysely expects of SQLite. */
class SqliteDriverAdapter extends SqliteAdapter {
  /** Kysely would queue every query behind an open transaction if it thought that there is one connection only. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** SQLite rolls back schema changes like any others. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Mail addresses and sign-in links stand in it. SQLite gives the files beside it the same rights. */
function makePrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}

function sqliteDialect({ file, onQuery }: OpenOptions): Dialect {
  mkdirSync(dirname(file), { recursive: true });
  makePrivate(file);
  return {
    createAdapter: () => new SqliteDriverAdapter(),
    createDriver: () => new SqliteDriver(onQuery ? { file, onQuery } : { file }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

async function postgresDialect(connectionString: string): Promise<Dialect> {
  const { default: pg } = await import('pg'); // only those who use PostgreSQL pay for loading it
  const int8 = 20;
  const numbers = new pg.TypeOverrides();
  // Counts and epoch milliseconds fit a double; pg would give strings.
  numbers.setTypeParser(int8, Number);
  const pool = new pg.Pool({ connectionString, max: POOL_SIZE, types: numbers });
  pool.on('error', () => undefined); // an idle connection was cut; the next query reports if it matters
  // One in use, between two statements of a transaction: unheard, its error would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('connect', keepPlans);
  return new PostgresDialect({ pool });
}

/** Of what is put together once: PostgreSQL plans the query for cards in 3 ms, four times as long as it takes to answer it. */
function keepPlans(client: PoolClient): void {
  const ask = client.query.bind(client) as (query: { name?: string; text: string; values: unknown[] }) => unknown;
  const query = (text: string, values: unknown[] = []) => {
    const name = preparedName(text);
    return ask(name === undefined ? { text, values } : { name, text, values });
  };
  Object.assign(client, { query });
}
