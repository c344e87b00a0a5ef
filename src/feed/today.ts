/** The day whose edition is being made now. */

import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import { dayInZone } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';

export function today({ clock, config }: { clock: Clock; config: Config }): Day {
  return dayInZone(clock.now(), config.TIME_ZONE, config.ROLLOVER_HOUR);
}
