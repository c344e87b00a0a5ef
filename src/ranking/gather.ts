/** Gathers what people did with papers, for the formula. */

import { setImmediate as breathe } from 'node:timers/promises';
import { findUsers } from '#accounts/store.ts';
import type { PublicUser } from '#accounts/user.ts';
import { listSignals } from '#discussion/signals.ts';
import type { Signals as Said } from '#discussion/signals.ts';
import type { Appearance } from '#papers/appearances.ts';
import type { PaperId } from '#papers/paper.ts';
import { findStars } from '#papers/star-store.ts';
import { epochToDay } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import { MS_PER_DAY } from './signals.ts';
import type { Deed, Signals } from './signals.ts';
import { starGain } from './star-gain.ts';

/** What is kept from one call to the next. */
export interface Gathering {
  /** Epoch ms. */
  now: number;
  /** When accounts were made, as far as they were asked for; undefined for those that do not count. */
  accounts: Map<string, number | undefined>;
}

export function startGathering(now: number): Gathering {
  return { now, accounts: new Map() };
}

/** Accounts read at once: some 10 ms on SQLite. */
const ACCOUNTS_AT_ONCE = 2_000;
/** Older readings of stars have faded to nothing. */
const STAR_DAYS = 30;

/** Of every paper. In steps, between which whoever waits gets their turn. */
export async function gatherSignals(
  db: Db,
  papers: readonly Appearance[],
  gathering: Gathering,
): Promise<Map<PaperId, Signals>> {
  const ids = papers.map(({ id }) => id);
  const said = await listSignals(db, ids);
  await breathe();
  await learn(db, gathering, said);
  const deeds = deedsByPaper(said, gathering);
  await breathe();
  const stars = await findStars(db, ids, epochToDay(gathering.now - STAR_DAYS * MS_PER_DAY));
  return new Map(
    papers.map(({ id, publishedAt, submitterId }) => {
      const gain = starGain(stars.get(id) ?? []);
      return [id, { publishedAt, deeds: deeds.get(id) ?? [], submitterId: submitterId ?? undefined, stars: gain }];
    }),
  );
}

/** Asks for those accounts that are not known yet. */
async function learn(db: Db, { accounts }: Gathering, said: readonly Said[]): Promise<void> {
  const unasked = new Set<string>();
  for (const { people } of said) for (const id of people) if (!accounts.has(id)) unasked.add(id);
  const unknown = [...unasked];
  for (let start = 0; start < unknown.length; start += ACCOUNTS_AT_ONCE) {
    const some = unknown.slice(start, start + ACCOUNTS_AT_ONCE);
    const found = await findUsers(db, some);
    for (const id of some) accounts.set(id, createdAt(found.get(id)));
    await breathe();
  }
}

/** Undefined for those whose word does not count: who is banned, and who is nobody. */
function createdAt(user: PublicUser | undefined): number | undefined {
  return user === undefined || user.bannedAt !== null ? undefined : user.createdAt;
}

function deedsByPaper(said: readonly Said[], { accounts }: Gathering): Map<PaperId, Deed[]> {
  const papers = new Map<PaperId, Deed[]>();
  for (const { paperId, kind, people, times } of said) {
    const deeds = papers.get(paperId) ?? [];
    papers.set(paperId, deeds);
    for (let index = 0; index < people.length; index++) {
      const userId = people[index] ?? '';
      const at = times[index] ?? 0;
      const created = accounts.get(userId);
      if (created !== undefined) deeds.push({ userId, kind, at, accountAge: at - created });
    }
  }
  return papers;
}
