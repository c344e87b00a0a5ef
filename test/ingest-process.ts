/** A program for tests that kill it: ingests as the environment says, in a time that runs faster from an agreed instant. */

import { join } from 'node:path';
import { readConfig } from '#platform/config.ts';
import type { Clock } from '#platform/clock.ts';
import { systemClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/db/open.ts';
import { createLog } from '#platform/log.ts';
import type { Schema } from '#schema.ts';
import { ingest } from '#sources/ingest.ts';

/** 3 s between requests become 15 ms, the lease of a turn 75 ms. */
const SPEED = 200;

const [from = '', began = '0', epoch = '0'] = process.argv.slice(2);
const clock: Clock = {
  now: () => Math.round(Number(epoch) + (Date.now() - Number(began)) * SPEED),
  sleep: async (milliseconds, signal) => await systemClock.sleep(milliseconds / SPEED, signal),
};
const config = readConfig();
const db = await openDatabase<Schema>({
  databaseUrl: config.DATABASE_URL,
  file: join(config.DATA_DIR, 'broadsheet.db'),
});
await ingest({ config, db, clock, fetch, log: createLog({ level: 'warn', format: 'text' }) }, { from });
await db.destroy();
