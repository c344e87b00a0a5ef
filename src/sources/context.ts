/** What every source needs of the outside world; tests hand in their own. */

import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Log } from '#platform/log.ts';
import type { Db } from '#schema.ts';

export interface SourceContext {
  config: Config;
  db: Db;
  clock: Clock;
  fetch: typeof fetch;
  log: Log;
}
