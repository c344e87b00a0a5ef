/** What composing and sending mails needs. */

import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Log } from '#platform/log.ts';
import type { Mail } from '#platform/mail/mail.ts';
import type { Search } from '#search/search.ts';
import type { Shipped } from '#search/vectors/shipped.ts';
import type { Db } from '#schema.ts';

export interface Press {
  db: Db;
  config: Config;
  clock: Clock;
  fetch: typeof fetch;
  log: Log;
  mail: Mail;
  search: Search;
  /** The embedding model that comes with the program. */
  shipped: () => Shipped;
  /** Where readers reach the site, without a slash at the end. */
  url: string;
}
