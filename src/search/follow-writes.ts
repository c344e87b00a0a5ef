/** How what is in memory follows the database: it is read when something was written, and by one reader at a time. */

import { dataVersion } from '#platform/db/data-version.ts';
import type { Db } from '#schema.ts';

interface Reading {
  /** As the database was when it began. */
  version: number | undefined;
  done: Promise<void>;
}

/**
 * Returns what is to be awaited before each use. It calls `read` unless nothing was written since that last began, which
 * takes some 10 µs to tell on SQLite; PostgreSQL cannot tell, so there it is called each time.
 */
export function followWrites(db: Db, read: () => Promise<void>): () => Promise<void> {
  let seen: number | undefined;
  let reading: Reading | undefined;

  async function readFrom(version: number | undefined): Promise<void> {
    await read();
    seen = version;
  }

  function begin(version: number | undefined): Reading {
    return { version, done: readFrom(version).finally(() => (reading = undefined)) };
  }

  return async () => {
    const version = await dataVersion(db);
    if (version !== undefined && version === seen) return;
    // A reading that began before the last write may have missed it; all who wait for its end share the next one.
    if (reading !== undefined && (version === undefined || reading.version !== version)) {
      await reading.done.catch(() => undefined);
    }
    reading ??= begin(version);
    await reading.done;
  };
}
