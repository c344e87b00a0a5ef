/** Submits papers from another process than the server's, and looks how long readers still get the page without them. */

import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '#app.ts';
import type { App } from '#app.ts';
import { newestEditionDay } from '#feed/edition.ts';
import { listEdition } from '#feed/edition-list.ts';
import { PAGE_SIZE } from '#feed/skeleton.ts';
import { saveSubmissions } from '#papers/submission-store.ts';
import { readConfig } from '#platform/config.ts';
import { dayInZone } from '#platform/day.ts';
import { fetchOnce } from './command.ts';

export interface Staleness {
  /** ms between a commit and the last arrival of a page without it; the highest of all writes. */
  oldest: number;
  writes: number;
}

/** Short against a second, long against a request. */
const POLL_MS = 10;
/**
 * A paper appears when a page is made, so the pause after it decides how old a page the next write meets: first one
 * just made (a page lives 0.9 s), then older ones.
 */
const PAUSE_MS = { first: 920, step: 170, span: 900 };
/** A page that takes this long is broken, not old. */
const GIVE_UP_MS = 10_000;

export async function measureStaleness(DATA_DIR: string, url: string, seconds: number): Promise<Staleness> {
  await using app = await createApp(readConfig({ DATA_DIR, LOG_LEVEL: 'silent' }));
  const today = dayInZone(app.clock.now(), app.config.TIME_ZONE, app.config.ROLLOVER_HOUR);
  const day = (await newestEditionDay(app.db, today)) ?? today;
  const { ids } = await listEdition(app.db, { first: day, last: day }, { limit: 1_000 });
  const end = performance.now() + seconds * 1_000;
  const ages: number[] = [];
  try {
    // From behind the front page, so that each of them appears there with its submission.
    for (const id of ids.slice(PAGE_SIZE)) {
      if (performance.now() > end) break;
      ages.push(await submitAndWatch(app, url, { id, day, position: -ages.length - 1 }));
      await sleep(PAUSE_MS.first + ((ages.length * PAUSE_MS.step) % PAUSE_MS.span));
    }
  } finally {
    await app.db.deleteFrom('submissions').where('day', '=', day).where('position', '<', 0).execute();
  }
  return { oldest: Math.max(...ages), writes: ages.length };
}

async function submitAndWatch(
  app: App,
  url: string,
  { id, day, position }: { id: string; day: string; position: number },
) {
  const submission = { paper_id: id, day, position, submitted_at: app.clock.now(), user_id: null };
  await saveSubmissions(app.db, [submission]);
  const committed = performance.now();
  for (let age = 0; ;) {
    const { body } = await fetchOnce(url);
    if (body.includes(`id="p-${id}"`)) return age;
    age = performance.now() - committed;
    if (age > GIVE_UP_MS) throw new Error(`${id} was submitted, but did not appear in ${GIVE_UP_MS} ms.`);
    await sleep(POLL_MS);
  }
}
