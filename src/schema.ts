/** The database: what every folder's tables make together. */

import type { Kysely, Transaction } from 'kysely';
import type { AccountsTables } from '#accounts/table.ts';
import type { DigestTables } from '#digest/table.ts';
import type { DiscussionTables } from '#discussion/table.ts';
import type { HooksTables } from '#hooks/table.ts';
import type { PapersTables } from '#papers/table.ts';
import type { JobsTables } from '#platform/jobs/table.ts';
import type { LimitsTables } from '#platform/limits/table.ts';
import type { RankingTables } from '#ranking/table.ts';
import type { SearchTables } from '#search/table.ts';
import type { SourcesTables } from '#sources/table.ts';
import type { SubscriptionsTables } from '#subscriptions/table.ts';

export type Schema = AccountsTables &
  PapersTables &
  SourcesTables &
  SearchTables &
  DiscussionTables &
  RankingTables &
  SubscriptionsTables &
  HooksTables &
  DigestTables &
  JobsTables &
  LimitsTables;
export type Db = Kysely<Schema>;
export type Trx = Transaction<Schema>;
