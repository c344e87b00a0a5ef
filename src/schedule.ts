/** All recurring work: name, when, what. */

import type { App } from './app.ts';
import { openAccounts } from '#accounts/accounts.ts';
import { sendMails } from '#accounts/send-mails.ts';
import { forgetExpired } from '#accounts/sessions.ts';
import { tellOfReports } from '#discussion/moderation/tell.ts';
import { forgetDigests, runDigests } from '#digest/run.ts';
import { forgetDeliveries } from '#hooks/delivery-store.ts';
import { deliverDue } from '#hooks/deliver.ts';
import { forgetTold } from '#hooks/forget-told.ts';
import { LOG } from '#hooks/hook.ts';
import { noteNews } from '#hooks/note-news.ts';
import { publicUrl } from '#platform/config.ts';
import type { Job } from '#platform/jobs/run-due.ts';
import { forgetIdle } from '#platform/limits/store.ts';
import { rankAllAside } from '#ranking/rank-aside.ts';
import type { RankDue } from '#ranking/rank-all.ts';
import { rankDue, rankStarred } from '#ranking/rank-due.ts';
import { embedWithConfigured } from '#search/embedders/embed-papers.ts';
import { indexPapers } from '#search/index-papers.ts';
import { fetchSubmitted } from '#sources/fetch-submitted.ts';
import { readStars, STARS_EVERY_MS } from '#sources/github/read-stars.ts';
import { fetchListing, ingest } from '#sources/ingest.ts';
import { forgetOld } from '#subscriptions/forget.ts';
import { rescheduleAhead } from '#subscriptions/reschedule-ahead.ts';
import { sendQuestions } from '#subscriptions/send-questions.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Somebody waits for these. */
const SUBMITTED_EVERY_MS = 10_000;

/** arXiv writes its listings at midnight US Eastern (help/rss); ten minutes later they are there. UTC hours, winter time. */
const LISTING_HOURS = [4 + 10 / 60, 5 + 10 / 60];
/** OAI-PMH is updated some 22:30 US Eastern, with small changes through the day (help/oa). */
const HARVEST_HOURS = [4.5, 10];

/** When few read; what it finds (banned people, rows set right by hand) can wait a day. */
const RANKING_HOURS = [3];

/** The first of `hours` (UTC, fractions allowed) after `now`. */
export function nextAt(now: number, hours: readonly number[]): number {
  const midnight = now - (now % (24 * HOUR));
  const candidates = hours.flatMap((hour) => [midnight + hour * HOUR, midnight + (hour + 24) * HOUR]);
  return Math.min(...candidates.filter((at) => at > now));
}

export function schedule(app: App): Job[] {
  const accounts = openAccounts({ ...app, url: publicUrl(app.config) });
  const jobs: Job[] = [
    {
      // They are sent when they are asked for; this is for those that a server refused, or a crash cut off.
      name: 'send mail about accounts',
      next: (now) => now + MINUTE / 2,
      run: async (signal) => await sendMails(accounts, signal),
    },
    {
      // Told when they are made; this is for what a crash, a lost mail or a new moderator left untold.
      name: 'tell moderators of reports',
      next: (now) => now + MINUTE,
      run: async (signal) => await tellOfReports(accounts, signal),
    },
    {
      // Sent when they are asked for, as those about accounts are.
      name: 'send questions for confirmation',
      next: (now) => now + MINUTE / 2,
      run: async (signal) => await sendQuestions(accounts, signal),
    },
    {
      // What is due is a query, so a server that slept through an hour sends what it missed when it wakes up.
      name: 'send digests and alerts',
      next: (now) => now + MINUTE / 2,
      run: async (signal) => {
        await rescheduleAhead(app, app.clock.now(), signal);
        await runDigests({ ...app, url: publicUrl(app.config) }, signal);
      },
    },
    {
      name: 'forget what has expired',
      next: (now) => now + HOUR,
      run: async () => {
        await forgetExpired(app.db, app.clock.now());
        await forgetOld(app.db, app.clock.now());
        await forgetDigests(app);
      },
    },
    {
      name: 'forget old limits',
      next: (now) => now + HOUR,
      run: async () => void (await forgetIdle(app.db, app.clock.now())),
    },
  ];
  const arxiv = app.config.ARXIV_FETCH ? arxivJobs(app) : [];
  return [...jobs, ...searchJobs(app), ...peoplesJobs(app), ...hookJobs(app), ...arxiv];
}

function searchJobs(app: App): Job[] {
  return [
    {
      name: 'index papers for search',
      next: (now) => now + MINUTE,
      run: async (signal) => void (await indexPapers(app, signal)),
    },
    {
      // A job of its own, because a model on a server may take hours, and words must not wait for it.
      name: 'make vectors of papers',
      next: (now) => now + MINUTE,
      run: async (signal) => await embedWithConfigured(app, signal),
    },
    {
      // Most of the time there is not enough that is new.
      name: 'save the indexes of the search',
      next: (now) => now + 10 * MINUTE,
      run: async () => {
        await app.search.state();
        await app.search.save();
        await app.suggester.prepare();
        await app.suggester.save();
      },
    },
  ];
}

/** What follows from what people submitted; wanted even where nothing is fetched without being asked for. */
function peoplesJobs(app: App): Job[] {
  const rankEverything = async (due: RankDue) => await rankAllAside(app.storage, due);
  const stars: Job = {
    name: 'read stars on GitHub',
    next: (now) => now + STARS_EVERY_MS,
    run: async (signal) => void (await readStars(app, signal)),
  };
  return [
    {
      // What people do is ranked at once (`handler.ts`); this is for new papers, and for what a crash cut off.
      name: 'rank papers',
      next: (now) => now + MINUTE / 2,
      run: async (signal) => await rankDue({ db: app.db, now: app.clock.now(), signal }, rankEverything),
    },
    {
      name: 'rank papers by new stars',
      next: (now) => now + HOUR,
      run: async (signal) => await rankStarred({ db: app.db, now: app.clock.now(), signal }),
    },
    {
      name: 'rank all papers anew',
      first: (now) => nextAt(now, RANKING_HOURS),
      next: (now) => nextAt(now, RANKING_HOURS),
      run: async (signal) => await rankEverything({ db: app.db, now: app.clock.now(), signal }),
    },
    {
      name: 'fetch submitted papers',
      next: (now) => now + SUBMITTED_EVERY_MS,
      run: async (signal) => await fetchSubmitted(app, signal),
    },
    ...(app.config.GITHUB_STARS ? [stars] : []),
  ];
}

/** Two jobs, because a receiver that is slow must not keep news from being written down. */
function hookJobs(app: App): Job[] {
  const context = { ...app, url: publicUrl(app.config) };
  return [
    {
      name: 'note news for webhooks',
      next: (now) => now + MINUTE / 2,
      run: async (signal) => await noteNews(context, signal),
    },
    {
      name: 'send webhooks',
      next: (now) => now + MINUTE / 6,
      run: async (signal) => await deliverDue(context, signal),
    },
    {
      name: 'forget old messages of webhooks',
      next: (now) => now + HOUR,
      run: async () => {
        await forgetDeliveries(app.db, { keep: LOG.keep, before: app.clock.now() - LOG.days * 24 * HOUR });
        await forgetTold(app);
      },
    },
  ];
}

function arxivJobs(app: App): Job[] {
  return [
    {
      name: 'fetch the arXiv listing',
      next: (now) => nextAt(now, LISTING_HOURS),
      run: async (signal) => {
        await fetchListing(app, { signal });
        await indexPapers(app, signal);
      },
    },
    {
      name: 'harvest arXiv',
      first: (now) => nextAt(now, HARVEST_HOURS),
      next: (now) => nextAt(now, HARVEST_HOURS),
      run: async (signal) => {
        await ingest(app, { signal });
        await indexPapers(app, signal);
      },
    },
  ];
}
