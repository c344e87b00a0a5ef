/** `broadsheet migrate`: brings the database to this version. */

import { createApp } from '../app.ts';
import { readConfig } from '#platform/config.ts';
import type { Io } from './io.ts';

export async function migrateCommand(io: Io): Promise<number> {
  await using app = await createApp(readConfig());
  io.out(`${app.place} is up to date${app.migrated.length > 0 ? `: ${app.migrated.join(', ')} done now` : ''}\n`);
  return 0;
}
