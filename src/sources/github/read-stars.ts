/** Reads how many stars the repositories of papers have: new papers daily, old ones seldom, never faster than GitHub likes. */

import { saveStars } from '#papers/star-store.ts';
import { addDays, epochToDay } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import type { SourceContext } from '../context.ts';
import type { StarCheckTable } from '../table.ts';
import { listDueRepositories, saveCheck } from './checks.ts';
import type { DueRepository } from './checks.ts';
import { apiPathOf, LONGEST_PAUSE_MS, lookAt } from './repository.ts';
import type { Look } from './repository.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How often to look, by the age of the paper in days: what is young may trend. */
const PACES: readonly { upTo: number; every: number }[] = [
  { upTo: 30, every: DAY },
  { upTo: 180, every: 7 * DAY },
  { upTo: Infinity, every: 30 * DAY },
];
/** A run every ten minutes stays below GitHub's 60 requests an hour, with a token below its 5 000. */
export const STARS_EVERY_MS = 10 * 60_000;
const RUN = { anonymous: 9, withToken: 500 };
/** "Make requests serially" (docs.github.com: best practices); a little air between them does not cost us anything. */
const BETWEEN_MS = 250;
const FIRST_RETRY_MS = HOUR;
const SLOT = 'github';

/** Returns how many repositories were looked at. Ends early where GitHub asks for a pause, which all processes keep. */
export async function readStars(context: SourceContext, signal?: AbortSignal): Promise<number> {
  const { db, clock, config } = context;
  if ((await pausedUntil(context)) > clock.now()) return 0;
  const limit = config.GITHUB_TOKEN === '' ? RUN.anonymous : RUN.withToken;
  let looks = 0;
  for (const due of await listDueRepositories(db, clock.now(), limit)) {
    signal?.throwIfAborted();
    const path = due.last?.api_path ?? apiPathOf(due.codeUrl);
    const look: Look =
      path === undefined
        ? { kind: 'gone', problem: 'not the address of a repository', pause: undefined }
        : await lookAt(context, { path, etag: due.last?.etag ?? null }, signal);
    looks += 1;
    if (look.kind !== 'limited') await keep(context, due, path ?? '', look);
    if (look.pause !== undefined) {
      await pause(context, look.pause);
      context.log.debug({ until: look.pause }, 'GitHub asks for a pause');
      break;
    }
    await clock.sleep(BETWEEN_MS, signal);
  }
  return looks;
}

async function keep(
  { db, clock }: SourceContext,
  due: DueRepository,
  path: string,
  look: Exclude<Look, { kind: 'limited' }>,
): Promise<void> {
  const now = clock.now();
  const check = afterLook(due, path, look, now);
  await db.transaction().execute(async (trx) => {
    await saveCheck(trx, check);
    if (look.kind === 'gone' || look.kind === 'failed' || check.stars === null) return;
    await saveStars(trx, { paper_id: due.id, day: epochToDay(now), stars: check.stars });
  });
}

/** Pure: what is known after a look. */
export function afterLook(
  { id, publishedOn, codeUrl, last }: DueRepository,
  path: string,
  look: Exclude<Look, { kind: 'limited' }>,
  now: number,
): StarCheckTable {
  const known = {
    paper_id: id,
    code_url: codeUrl,
    checked_at: now,
    etag: last?.etag ?? null,
    stars: last?.stars ?? null,
  };
  const pace = paceOf(publishedOn, now);
  if (look.kind === 'stars') {
    const { etag, stars } = look;
    return { ...known, api_path: look.path, etag, stars, next_at: now + pace, failures: 0, problem: null };
  }
  if (look.kind === 'same') return { ...known, api_path: look.path, next_at: now + pace, failures: 0, problem: null };
  const failures = (last?.failures ?? 0) + 1;
  const { problem } = look;
  // It may come back; a path by number does not follow a repository that was made anew under the old name.
  if (look.kind === 'gone') {
    const begin = apiPathOf(codeUrl) ?? path;
    return { ...known, api_path: begin, etag: null, next_at: now + 30 * DAY, failures, problem };
  }
  const wait = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), pace);
  return { ...known, api_path: path, next_at: now + wait, failures, problem };
}

function paceOf(publishedOn: Day, now: number): number {
  const today = epochToDay(now);
  return PACES.find(({ upTo }) => upTo === Infinity || publishedOn >= addDays(today, -upTo))?.every ?? DAY;
}

async function pausedUntil({ db, clock }: SourceContext): Promise<number> {
  const slot = await db.selectFrom('request_slots').select('free_at').where('name', '=', SLOT).executeTakeFirst();
  const until = slot?.free_at ?? 0;
  // A longer one was written by a clock that was wrong.
  return until > clock.now() + LONGEST_PAUSE_MS ? 0 : until;
}

async function pause({ db }: SourceContext, until: number): Promise<void> {
  await db
    .insertInto('request_slots')
    .values({ name: SLOT, free_at: until })
    .onConflict((c) => c.column('name').doUpdateSet({ free_at: until }))
    .execute();
}
