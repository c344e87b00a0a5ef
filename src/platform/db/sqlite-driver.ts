/**
 * Kysely driver for node:sqlite: one writing connection behind a lock, one reading connection.
 * Readers see the last commit and never wait for a transaction that is open in this process.
 */

import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { CompiledQuery } from 'kysely';
import type { DatabaseConnection, Driver, QueryResult } from 'kysely';
import { systemClock } from '#platform/clock.ts';
import type { RepeatedQuery } from './insert-rows.ts';
import { writeLock } from './write-lock.ts';
import type { Release } from './write-lock.ts';

export interface SqliteOptions {
  /** Path of the database file; created if it does not exist. */
  file: string;
  /** Called with every statement's SQL, for tests that count queries. */
  onQuery?: (sql: string) => void;
}

/**
 * Page caches of the two connections. Readers keep what pages ask for warm. With half as much the writer of an
 * import writes pages out before their time, with twice as much it is no faster.
 */
const CACHE_KIB = { reader: 32_768, writer: 16_384 };
/** 32 MB of log between checkpoints; with SQLite's own 4 MB an import spends a quarter more time in the system. */
const CHECKPOINT_PAGES = 8_192;
/** How long a writer waits for another process before it gives up. An import holds the lock for 0.2 s at a time. */
const BUSY_LIMIT_MS = 30_000;
/** Statements kept prepared; page queries are some 40, the rest is head-room. */
const STATEMENT_LIMIT = 200;
const SQLITE_BUSY = 5;

/** One database handle with its prepared statements. */
class Handle {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, { statement: StatementSync; reader: boolean }>();

  constructor(file: string, readOnly: boolean) {
    this.database = new DatabaseSync(file, { readOnly, timeout: readOnly ? 5_000 : 0 });
  }

  prepare(sql: string) {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    const entry = { statement, reader: statement.columns().length > 0 };
    if (this.#statements.size >= STATEMENT_LIMIT) this.#statements.delete(this.#statements.keys().next().value ?? '');
    this.#statements.set(sql, entry);
    return entry;
  }

  run<R>(query: CompiledQuery): QueryResult<R> {
    const { statement, reader } = this.prepare(query.sql);
    if (isRepeated(query)) return { rows: [], numAffectedRows: repeat(statement, query) };
    const parameters = query.parameters as SQLInputValue[];
    if (reader) return { rows: statement.all(...parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }
}

function isRepeated(query: CompiledQuery): query is RepeatedQuery {
  return 'repeated' in query;
}

function repeat(statement: StatementSync, { repeated }: RepeatedQuery): bigint {
  let affected = 0;
  for (const values of repeated) affected += Number(statement.run(...(values as SQLInputValue[])).changes);
  return BigInt(affected);
}

interface Handles {
  reader: Handle;
  writer: Handle;
}

class SqliteConnection implements DatabaseConnection {
  readonly #handles: Handles;
  readonly #onQuery: ((sql: string) => void) | undefined;
  /** Set while this connection is in a transaction. */
  #release: Release | undefined;

  constructor(handles: Handles, onQuery: ((sql: string) => void) | undefined) {
    this.#handles = handles;
    this.#onQuery = onQuery;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.#onQuery?.(query.sql);
    if (this.#release) return this.#handles.writer.run(query);
    if (isRead(query)) return this.#handles.reader.run(query);
    await this.begin();
    try {
      const result = this.#handles.writer.run<R>(query);
      this.end('commit');
      return result;
    } catch (error) {
      this.end('rollback');
      throw error;
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    this.#onQuery?.(query.sql);
    const { database } = this.#release ? this.#handles.writer : this.#handles.reader;
    // A statement of its own: a cached one would be reset by the next query with the same text.
    const statement = database.prepare(query.sql);
    for (const row of statement.iterate(...(query.parameters as SQLInputValue[]))) {
      yield { rows: [row as R] };
    }
  }

  async begin(): Promise<void> {
    const release = await writeLock(this.#handles.writer);
    try {
      await beginImmediate(this.#handles.writer.database);
      this.#release = release;
    } catch (error) {
      release();
      throw error;
    }
  }

  end(how: 'commit' | 'rollback'): void {
    try {
      const { database } = this.#handles.writer;
      // After a full disk SQLite may have rolled back by itself; a second rollback would be an error.
      if (how === 'commit' || database.isTransaction) database.exec(how);
    } finally {
      // A commit that failed (disk full) leaves the transaction open; Kysely then rolls back.
      if (how === 'rollback' || !this.#handles.writer.database.isTransaction) {
        this.#release?.();
        this.#release = undefined;
      }
    }
  }
}

/** Waits for other processes without blocking the event loop, which SQLite's own busy timeout would do. */
async function beginImmediate(database: DatabaseSync): Promise<void> {
  const deadline = systemClock.now() + BUSY_LIMIT_MS;
  for (let wait = 2; ; wait = Math.min(wait * 2, 50)) {
    try {
      database.exec('begin immediate');
      return;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== SQLITE_BUSY || systemClock.now() > deadline) throw error;
    }
    await systemClock.sleep(wait);
  }
}

function isRead(query: CompiledQuery): boolean {
  if (query.query.kind === 'SelectQueryNode') return true;
  return query.query.kind === 'RawNode' && /^\s*(select|with|pragma|explain)\b/i.test(query.sql);
}

export class SqliteDriver implements Driver {
  readonly #options: SqliteOptions;
  #handles: Handles | undefined;

  constructor(options: SqliteOptions) {
    this.#options = options;
  }

  async init(): Promise<void> {
    const writer = new Handle(this.#options.file, false);
    await beginImmediate(writer.database); // two processes that create the file at once take turns
    writer.database.exec('rollback');
    writer.database.exec(`pragma busy_timeout = 5000; pragma journal_mode = wal; pragma busy_timeout = 0;
      pragma synchronous = normal; pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -${CACHE_KIB.writer};
      pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    const reader = new Handle(this.#options.file, true);
    reader.database.exec(`pragma cache_size = -${CACHE_KIB.reader}; pragma temp_store = memory`);
    this.#handles = { reader, writer };
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (!this.#handles) throw new Error('the SQLite driver was not initialised');
    return new SqliteConnection(this.#handles, this.#options.onQuery);
  }

  async beginTransaction(connection: SqliteConnection): Promise<void> {
    await connection.begin();
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    connection.end('commit');
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    connection.end('rollback');
  }

  async savepoint(connection: SqliteConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint "${name}"`));
  }

  async rollbackToSavepoint(connection: SqliteConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`rollback to "${name}"`));
  }

  async releaseSavepoint(connection: SqliteConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`release "${name}"`));
  }

  async releaseConnection(): Promise<void> {
    // Connections are views of the two handles; there is nothing to give back.
  }

  async destroy(): Promise<void> {
    this.#handles?.reader.database.close();
    this.#handles?.writer.database.close();
    this.#handles = undefined;
  }
}
