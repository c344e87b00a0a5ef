/** Where a run keeps what goes away with it: in memory where there is room, for a PostgreSQL database is a thousand files. */

import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Linux keeps what lies here in memory. */
const IN_MEMORY = '/dev/shm';
/** A run needs half of it. Containers often have 64 MB, which is not enough. */
const ENOUGH_BYTES = 2 * 1024 ** 3;

export function quickFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= ENOUGH_BYTES ? IN_MEMORY : tmpdir();
  } catch {
    return tmpdir(); // no Linux
  }
}
