/** Real captures that lie beside a developer's checkout and are not part of it; tests that need them skip without. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../shared/', import.meta.url));

export function sharedPath(path: string): string {
  return `${FOLDER}${path}`;
}

/** For the `skip` option of a test: false, or why it is skipped. */
export function withoutShared(path: string): string | false {
  return existsSync(sharedPath(path)) ? false : `needs the captures in ../shared/${path}`;
}
