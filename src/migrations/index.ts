/** All migrations in order. Explicit, because a folder scan would depend on how the program is packed. */

import type { Migrations } from '#platform/db/migrate.ts';
import * as papers from './0001_papers.ts';
import * as searchTerms from './0002_search_entries.ts';
import * as embeddings from './0003_embeddings.ts';
import * as accounts from './0004_accounts.ts';
import * as discussion from './0005_discussion.ts';
import * as limits from './0006_limits.ts';
import * as submissions from './0007_submissions.ts';
import * as moderation from './0008_moderation.ts';
import * as trending from './0009_trending.ts';
import * as subscriptions from './0010_subscriptions.ts';
import * as digests from './0011_digests.ts';
import * as decisions from './0014_decisions.ts';
import * as hooks from './0015_hooks.ts';
import * as unansweredMails from './0016_unanswered_mails.ts';
import * as logOfThings from './0017_log_of_things.ts';
import * as toldAt from './0018_told_at.ts';
import * as votersAccounts from './0019_voters_accounts.ts';
import * as decisionsTold from './0020_decisions_told.ts';
import * as formerNames from './0021_former_names.ts';
import * as eachReport from './0022_each_report.ts';
import * as leftMailboxes from './0023_left_mailboxes.ts';
import * as withdrawnPapers from './0024_withdrawn_papers.ts';
import * as savedIndexes from './0025_saved_indexes.ts';

export const migrations: Migrations = {
  '0001_papers': papers,
  '0002_search_entries': searchTerms,
  '0003_embeddings': embeddings,
  '0004_accounts': accounts,
  '0005_discussion': discussion,
  '0006_limits': limits,
  '0007_submissions': submissions,
  '0008_moderation': moderation,
  '0009_trending': trending,
  '0010_subscriptions': subscriptions,
  '0011_digests': digests,
  '0014_decisions': decisions,
  '0015_hooks': hooks,
  '0016_unanswered_mails': unansweredMails,
  '0017_log_of_things': logOfThings,
  '0018_told_at': toldAt,
  '0019_voters_accounts': votersAccounts,
  '0020_decisions_told': decisionsTold,
  '0021_former_names': formerNames,
  '0022_each_report': eachReport,
  '0023_left_mailboxes': leftMailboxes,
  '0024_withdrawn_papers': withdrawnPapers,
  '0025_saved_indexes': savedIndexes,
};
