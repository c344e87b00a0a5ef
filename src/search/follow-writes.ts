/** How what is in memory follows the database: it is read when something was written, and by one reader at a time. */

import { dataVersion } from '#platform/db/data-version.ts';
import type { Db } from '#schema.ts';

/**
 * Returns what is to be awaited before each use. It calls `read` unless nothing was written since that last began, which
 * takes some 10 µs to tell on SQLite; PostgreSQL cannot tell, so there it is called each time.
 */
export function followWrites(db: Db, read: () => Promise<void>): () => Promise<void> {
  let seen: number | undefined;
  let reading: Promise<void> | undefined;

  async function readFrom(version: number | undefined): Promise<void> {
    await read();
    seen = version;
  }

  return async () => {
    const version = await dataVersion(db);
    if (version !== undefined && version === seen) return;
    // Those who ask meanwhile wait for the same reading; what was written since it began, they see next time.
    reading ??= readFrom(version).finally(() => (reading = undefined));
    await reading;
  };
}
