/** What every page needs to know of the installation. */

import type { Accounts } from '#accounts/accounts.ts';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Log } from '#platform/log.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Search } from '#search/search.ts';
import type { Db } from '#schema.ts';
import type { MoveMails } from '#subscriptions/account-address.ts';
import type { HookDesk } from './hook-desk.ts';

export interface Site {
  db: Db;
  clock: Clock;
  config: Config;
  log: Log;
  search: Search;
  accounts: Accounts;
  hooks: HookDesk;
  /** Fetches a paper that somebody submitted, for as long as `signal` lets it; what is not done then is done later. */
  fetchSubmitted: (who: { userId: string; paperId: PaperId }, signal: AbortSignal) => Promise<void>;
  /** Hands over what was mailed to a subscriber who becomes part of another. */
  moveMails: MoveMails;
  /** Where readers reach the site, without a slash at the end. */
  url: string;
}
