/**
 * Databases that are made once and copied for each test: migrating and filling one takes many times as long as copying
 * it. The test command names a run in TEST_TEMPLATES, a folder of its own, so that nothing outlives the code it was
 * made by; without it each process makes its own.
 */

import { mkdtempSync } from 'node:fs';
import { copyFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '#platform/db/open.ts';
import type { Db, Schema } from '#schema.ts';

export interface Template {
  /** Letters, digits and `_`: the same name is the same content within a run. */
  name: string;
  /** Fills an empty database, and closes what it opens. */
  fill(settings: DatabaseSettings): Promise<void>;
}

/** The settings that lead to a database. */
export interface DatabaseSettings {
  DATA_DIR: string;
  DATABASE_URL: string;
}

export const DATABASE_FILE = 'broadsheet.db';

let ownFolder: string | undefined;

function folderOfRun(): string {
  return process.env['TEST_TEMPLATES'] || (ownFolder ??= mkdtempSync(join(tmpdir(), 'broadsheet-templates-')));
}

/** Copies the template to `file`. Two processes that make it at once make the same, and the later one's is kept. */
export async function copySqlite({ name, fill }: Template, file: string): Promise<void> {
  const template = join(folderOfRun(), `${name}.db`);
  const isThere = await stat(template).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const folder = mkdtempSync(join(folderOfRun(), `${name}-`));
    await fill({ DATA_DIR: folder, DATABASE_URL: '' });
    await rename(join(folder, DATABASE_FILE), template);
    await rm(folder, { recursive: true });
  }
  await copyFile(template, file);
}

/** What the names of a run's templates in a PostgreSQL cluster begin with. */
function prefixOfRun(): string {
  return `template_${basename(folderOfRun())
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')}`;
}

/** Makes the database `database` in the cluster; one process at a time makes a template, others wait for it. */
export async function copyPostgres({ name, fill }: Template, cluster: string, database: string): Promise<void> {
  const template = `${prefixOfRun()}_${name}`;
  await onCluster(cluster, async (db) => {
    await db.transaction().execute(async (trx) => {
      const known = sql`select from pg_database where datname = ${template}`;
      if ((await known.execute(trx)).rows.length > 0) return;
      await sql`select pg_advisory_xact_lock(hashtext(${template}))`.execute(trx);
      if ((await known.execute(trx)).rows.length > 0) return;
      // Databases are not made in a transaction, so they are over another connection; a half-made one has another name.
      await sql.raw(`drop database if exists ${template}_new with (force)`).execute(db);
      await sql.raw(`create database ${template}_new`).execute(db);
      await fill({ DATA_DIR: join(folderOfRun(), name), DATABASE_URL: withDatabase(cluster, `${template}_new`) });
      await sql.raw(`alter database ${template}_new rename to ${template}`).execute(db);
    });
    // Files are copied as they are; page by page through the log takes twice as long.
    await sql.raw(`create database ${database} template ${template} strategy file_copy`).execute(db);
  });
}

/** To be called when a run ends on a cluster that is not its own. */
export async function dropTemplates(cluster: string): Promise<void> {
  await onCluster(cluster, async (db) => {
    const { rows } = await sql<{ datname: string }>`select datname from pg_database
      where starts_with(datname, ${prefixOfRun()})`.execute(db);
    for (const { datname } of rows) await sql.raw(`drop database ${datname} with (force)`).execute(db);
  });
}

export async function onCluster(cluster: string, work: (db: Db) => Promise<void>): Promise<void> {
  const db = await openDatabase<Schema>({ databaseUrl: cluster, file: '' });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
}

export function withDatabase(cluster: string, database: string): string {
  const url = new URL(cluster);
  url.pathname = `/${database}`;
  return url.href;
}
