/** What asking for a subscription needs. */

import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Later } from '#platform/later.ts';
import type { Log } from '#platform/log.ts';
import type { Mail } from '#platform/mail/mail.ts';
import type { Db } from '#schema.ts';

export interface Subscribing {
  db: Db;
  clock: Clock;
  config: Config;
  log: Log;
  mail: Mail;
  later: Later;
  /** Where readers reach the site, without a slash at the end. */
  url: string;
  /** What signs links. */
  secret: () => string;
}
