/** What every page needs to know of the installation. */

import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import { dayInZone } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import type { Log } from '#platform/log.ts';
import type { Search } from '#search/search.ts';
import type { Db } from '#schema.ts';

export interface Site {
  db: Db;
  clock: Clock;
  config: Config;
  log: Log;
  search: Search;
  /** Where readers reach the site, without a slash at the end. */
  url: string;
}

/** The day whose edition is being made now. */
export function today({ clock, config }: Site): Day {
  return dayInZone(clock.now(), config.TIME_ZONE, config.ROLLOVER_HOUR);
}
