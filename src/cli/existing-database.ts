/** For commands that only read: opening would make a database where there is none, and a typo in DATA_DIR an empty one. */

import { hasDatabase } from '../app.ts';
import type { Config } from '#platform/config.ts';
import { notFound } from '#platform/errors.ts';

export function requireDatabase(config: Config): void {
  if (hasDatabase(config)) return;
  throw notFound(`There is no database in ${config.DATA_DIR}.`, {
    hint: 'DATA_DIR names the folder; serve, import or migrate make one.',
  });
}
