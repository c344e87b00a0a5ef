/** `broadsheet status`: what the installation holds, what is due, what failed. */

import { createApp } from '../app.ts';
import { contactWarning, mailWarning, readConfig } from '#platform/config.ts';
import { describeDigests, digestsInWords } from '#digest/status.ts';
import { newestEditionDay } from '#feed/edition.ts';
import { findUsers } from '#accounts/store.ts';
import { countOpenReports } from '#discussion/moderation/store.ts';
import type { Waiting } from '#discussion/moderation/store.ts';
import { listWaiting } from '#papers/request-store.ts';
import { countDeliveries } from '#hooks/delivery-store.ts';
import type { DeliveryCounts } from '#hooks/delivery-store.ts';
import { countPapers } from '#papers/store.ts';
import { dayInZone } from '#platform/day.ts';
import { listJobs } from '#platform/jobs/store.ts';
import { describeMeaning } from '#search/embedders/describe.ts';
import type { MeaningFacts } from '#search/embedders/describe.ts';
import { countDue } from '#search/index-due.ts';
import { listSaved } from '#search/saved/saved.ts';
import type { SavedFile } from '#search/saved/saved.ts';
import { listCursors } from '#sources/cursors.ts';
import { countSubscribers } from '#subscriptions/counts.ts';
import type { SubscriberCounts } from '#subscriptions/counts.ts';
import type { Db } from '#schema.ts';
import { requireDatabase } from './existing-database.ts';
import type { Io } from './io.ts';

export async function status(io: Io, { json }: { json?: boolean }): Promise<number> {
  const config = readConfig();
  requireDatabase(config);
  await using app = await createApp(config);
  const facts = {
    database: app.place,
    papers: await countPapers(app.db),
    newestEdition:
      (await newestEditionDay(app.db, dayInZone(app.clock.now(), config.TIME_ZONE, config.ROLLOVER_HOUR))) ?? null,
    waitingForIndex: await countDue(app.db),
    savedIndexes: await listSaved({ db: app.db, folder: config.DATA_DIR }),
    meaning: await describeMeaning(app, app.shipped),
    subscribers: await countSubscribers(app.db, app.clock.now()),
    digests: await describeDigests(app.db, app.clock.now()),
    reports: await countOpenReports(app.db),
    submissions: await waitingSubmissions(app.db),
    harvests: await listCursors(app.db),
    webhooks: await countDeliveries(app.db),
    jobs: await listJobs(app.db),
  };
  if (json) {
    io.out(`${JSON.stringify(facts, null, 2)}\n`);
    return 0;
  }
  const warnings = [mailWarning(config), contactWarning(config)].filter((one) => one !== undefined);
  const when = (at: number | null) =>
    at === null ? 'never' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const lines = [
    ...warnings.map((warning) => ['Warning', warning]),
    ['Database', facts.database],
    ['Papers', facts.papers.toLocaleString('en-US')],
    ['Newest edition', facts.newestEdition ?? 'none'],
    ['Waiting for the search index', String(facts.waitingForIndex)],
    ['Saved indexes of the search', savedInWords(facts.savedIndexes, when)],
    ['Search by meaning', inWords(facts.meaning)],
    ['Subscribers', subscribersInWords(facts.subscribers)],
    ['Digests and alerts', digestsInWords(facts.digests)],
    ['Reports to be decided on', reportsInWords(facts.reports, when)],
    ['Submissions to be fetched', String(facts.submissions.length)],
    ...facts.submissions.map((one) => [
      `Submission ${one.paper}`,
      `by ${one.by}, asked for ${when(one.askedAt)}, next try ${when(one.nextAt)}` +
        (one.failedTries === 0 ? '' : `, ${one.failedTries} failed: ${one.problem ?? ''}`),
    ]),
    ...facts.harvests.map((one) => [
      `Harvest ${one.name}`,
      `${one.token === null ? 'complete' : 'in progress'}, next from ${one.from_day ?? 'the start'}, last at ${when(one.updated_at)}`,
    ]),
    ['Webhooks', hooksInWords(facts.webhooks)],
    ...facts.jobs.map((job) => [
      `Job “${job.name}”`,
      `last run ${when(job.finished_at)}, next ${when(job.next_at)}${job.last_error === null ? '' : `, failed: ${job.last_error}`}`,
    ]),
  ];
  io.out(lines.map(([name, value]) => `${name}: ${value}\n`).join(''));
  return 0;
}

/** Instants are epoch milliseconds. What failed is told as it was logged, for whoever can do something about it. */
async function waitingSubmissions(db: Db) {
  const waiting = await listWaiting(db);
  const people = await findUsers(db, [...new Set(waiting.map(({ user_id }) => user_id))]);
  return waiting.map(({ paper_id: paper, user_id, asked_at: askedAt, next_at: nextAt, attempts, problem }) => ({
    paper,
    by: `@${people.get(user_id)?.name ?? ''}`,
    askedAt,
    nextAt,
    failedTries: attempts,
    problem,
  }));
}

function inWords({ model, waiting, answering, problem }: MeaningFacts): string {
  if (model === null) return `off, papers are found by their words. ${problem}`;
  const meanwhile = answering === model ? '' : `, meanwhile ${answering ?? 'no model'} answers`;
  return `${model}, papers waiting: ${waiting}${meanwhile}${problem === null ? '' : `. ${problem}`}`;
}

function savedInWords(saved: readonly SavedFile[], when: (at: number) => string): string {
  if (saved.length === 0) return 'none, a start builds them';
  return saved
    .map(({ name, bytes, savedAt }) => `${name} (${Math.ceil(bytes / 1e6)} MB) of ${when(savedAt)}`)
    .join(', ');
}

function subscribersInWords({ active, unconfirmed, paused, suppressed }: SubscriberCounts): string {
  return `${active}, besides ${unconfirmed} unconfirmed, ${paused} paused; addresses suppressed: ${suppressed}`;
}

function reportsInWords({ count, since }: Waiting, when: (at: number | null) => string): string {
  return count === 0 ? 'none' : `${count}, the oldest since ${when(since)}`;
}

function hooksInWords({ hooks, off, waiting, delivered, failed }: DeliveryCounts): string {
  if (hooks === 0) return 'none';
  return `${hooks}${off === 0 ? '' : `, ${off} of them off`}; messages waiting: ${waiting}, lately delivered: ${delivered}, failed: ${failed}`;
}
