/** A site with subscribers and a mail server at the other end, in this process and on a clock that stands still. */

import { runDigests } from '#digest/run.ts';
import type { RunCounts } from '#digest/run.ts';
import type { DialectName } from '#platform/db/open.ts';
import type { PaperDraft } from '#papers/paper.ts';
import { savePapers } from '#papers/save.ts';
import { rankDue } from '#ranking/rank-due.ts';
import { indexPapers } from '#search/index-papers.ts';
import { makeDraft } from './drafts.ts';
import { openSite } from './site.ts';
import type { TestSite } from './site.ts';
import { openSink, parse } from './smtp-sink.ts';
import type { Sink, SinkOptions } from './smtp-sink.ts';
import { addSubscriber } from './subscribers.ts';
import type { Added, SubscriberOptions } from './subscribers.ts';

export interface Post extends AsyncDisposable {
  site: TestSite;
  sink: Sink;
  /** Prints papers, as they come in now. */
  print(...drafts: PaperDraft[]): Promise<void>;
  subscribe(options: Omit<SubscriberOptions, 'now'>): Promise<Added>;
  /** Sets the clock and does what is due. */
  runAt(instant: string): Promise<RunCounts>;
  /** Titles of the papers in each mail to an address. */
  titlesTo(email: string): Promise<string[][]>;
}

export interface PostOptions extends SinkOptions {
  dialect?: DialectName;
  /** When it begins. */
  now?: string;
  settings?: Record<string, string>;
}

export async function openPost({ dialect = 'sqlite', now, settings, ...sinkOptions }: PostOptions = {}): Promise<Post> {
  const sink = await openSink(sinkOptions);
  const site = await openSite({ dialect, starter: false, settings: { SMTP_URL: sink.url, ...settings } });
  const { app, clock } = site;
  const setClock = (instant: string) => clock.advance(Date.parse(instant) - clock.now());
  setClock(now ?? '2026-01-05T12:00:00Z');
  return {
    site,
    sink,
    async print(...drafts) {
      await app.db.transaction().execute(async (trx) => await savePapers(trx, drafts, clock.now()));
      await indexPapers(app);
      await rankDue({ db: app.db, now: clock.now() });
    },
    subscribe: async (options) => await addSubscriber(app.db, { ...options, now: clock.now() }),
    async runAt(instant) {
      setClock(instant);
      return await runDigests({ ...app, url: 'https://papers.example' });
    },
    async titlesTo(email) {
      const mails = await Promise.all(sink.to(email).map(parse));
      return mails.map(({ html }) =>
        [...String(html).matchAll(/<h2[^>]*>\s*<a[^>]*>([^<]+)<\/a>/g)].map(([, title = '']) => title.trim()),
      );
    },
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await sink[Symbol.asyncDispose]();
    },
  };
}

/** Announced on `day`: `Paper number N`. */
export function paperOf(day: string, number: number, more: Partial<PaperDraft> = {}): PaperDraft {
  return makeDraft(number, { announcedOn: day, publishedOn: day, ...more });
}
