/** A throw-away PostgreSQL cluster for benches that measure on both databases. */

import { findPostgres, startPostgres } from '../test/postgres.ts';
import type { Cluster } from '../test/postgres.ts';

/**
 * Names it in TEST_DATABASE_URL, where `test/database.ts` looks for it: to be called before a bench is imported. Commits are
 * on its disk, as PostgreSQL does by itself. A TEST_DATABASE_URL that is set is used as it is; empty, it means SQLite alone.
 */
export async function openCluster(): Promise<Cluster | undefined> {
  if (process.env['TEST_DATABASE_URL'] !== undefined) return undefined;
  const programs = findPostgres();
  if (programs === undefined) {
    process.stderr.write('PostgreSQL is not installed: measuring on SQLite alone.\n');
    return undefined;
  }
  const cluster = await startPostgres(programs, { safe: true });
  process.env['TEST_DATABASE_URL'] = cluster.url;
  return cluster;
}
