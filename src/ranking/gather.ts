/** Gathers who did something with papers, for the formula. */

import { setImmediate as breathe } from 'node:timers/promises';
import { findUsers } from '#accounts/store.ts';
import type { PublicUser } from '#accounts/user.ts';
import type { Papers } from '#discussion/among.ts';
import { listCommenters, listSignals, listVotes } from '#discussion/signals.ts';
import type { Signals as Said } from '#discussion/signals.ts';
import type { Appearance } from '#papers/appearances.ts';
import type { PaperId } from '#papers/paper.ts';
import { findCountedStars } from '#papers/star-store.ts';
import { epochToDay } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import type { Person } from './people.ts';
import { MS_PER_DAY } from './signals.ts';
import type { StarGain } from './signals.ts';
import { starGain } from './star-gain.ts';

/**
 * A vote's time is taken before its transaction begins, and one that waited for an import commits after later ones. What
 * was counted so long before something began, as its time says, may have been counted after it.
 */
export const LOOK_BACK_MS = 60_000;

/** How much is done before whoever waits gets their turn. */
export interface Steps {
  /** Papers read and rows written at once. */
  papers: number;
  /** Votes and comments read at once. */
  signals: number;
}

/** For a process that answers readers: some 8 ms on SQLite each. */
export const SMALL_STEPS: Steps = { papers: 400, signals: 4_000 };
/** For a thread that answers nobody: others who write wait for some 30 ms on SQLite. Larger ones are hardly faster. */
export const LARGE_STEPS: Steps = { papers: 2_000, signals: 20_000 };

/** What is kept from one call to the next. */
export interface Gathering {
  /** Epoch ms. */
  now: number;
  steps: Steps;
  /** When accounts were made, as far as they were asked for; null for those that do not count. */
  accounts: Map<string, number | null>;
}

export function startGathering(now: number, steps = SMALL_STEPS): Gathering {
  return { now, steps, accounts: new Map() };
}

/**
 * To be called with the tallies that were read, before `gather`: a ban counts all papers anew on which the person did
 * something, so whoever learnt of accounts before papers were last counted asks for them again.
 */
export function forgetOutdated({ now, accounts }: Gathering, tallies: Iterable<{ changed_at: number }>): void {
  for (const { changed_at } of tallies) {
    if (changed_at < now - LOOK_BACK_MS) continue;
    accounts.clear();
    return;
  }
}

/** What the formula looks at, of one paper. */
export interface Gathered {
  people: Person[];
  stars: StarGain | undefined;
}

/** Accounts read at once: some 5 ms on SQLite. */
const ACCOUNTS_AT_ONCE = 1_000;
/** Older readings of stars have faded to nothing. */
const STAR_DAYS = 30;

/** Of every paper; `among` names the same ones. In steps, between which whoever waits gets their turn. */
export async function gather(
  db: Db,
  papers: readonly Appearance[],
  among: Papers,
  gathering: Gathering,
): Promise<Map<PaperId, Gathered>> {
  const said = await listSignals(db, among);
  await breathe();
  const heard = await hear(db, gathering, said);
  const votes = byPaper(heard, 'vote');
  const comments = byPaper(heard, 'comment');
  const stars = await starsOf(db, papers, gathering);
  return new Map(
    papers.map(({ id, submitterId }) => {
      const people = peopleOf(votes.get(id), comments.get(id), submitterId);
      return [id, { people, stars: starGain(stars.get(id) ?? []) }];
    }),
  );
}

/** As `gather`, of one paper with very many votes: in parts. */
export async function gatherInParts(db: Db, paper: Appearance, gathering: Gathering): Promise<Gathered> {
  const said = await listCommenters(db, paper.id);
  await breathe();
  const commented = firstComments((await hear(db, gathering, said))[0]);
  const people: Person[] = [];
  for (let after: string | undefined = ''; after !== undefined;) {
    const part = await listVotes(db, paper.id, gathering.steps.signals, after);
    after = part.people.at(-1);
    await breathe();
    for (const heard of await hear(db, gathering, [part])) addVoters(people, heard, commented, paper.submitterId);
    await breathe();
  }
  addCommenters(people, commented, paper.submitterId);
  const stars = await starsOf(db, [paper], gathering);
  return { people, stars: starGain(stars.get(paper.id) ?? []) };
}

async function starsOf(db: Db, papers: readonly Appearance[], { now }: Gathering) {
  const ids = papers.map(({ id }) => id);
  return await findCountedStars(db, ids, epochToDay(now - STAR_DAYS * MS_PER_DAY));
}

/** What people said, and when their accounts were made: of as many; null for those who do not count. */
interface Heard extends Said {
  created: (number | null)[];
}

/** Asks for those accounts that are not known yet. */
async function hear(db: Db, { accounts }: Gathering, said: readonly Said[]): Promise<Heard[]> {
  const unasked = new Set<string>();
  // Looking somebody up by their id is what this costs: once for each vote, not again for the formula.
  const createdOf = (id: string): number | null => {
    const created = accounts.get(id);
    if (created === undefined) unasked.add(id);
    return created ?? null;
  };
  const heard = said.map((one) => ({ ...one, created: one.people.map(createdOf) }));
  if (unasked.size === 0) return heard;
  const unknown = [...unasked];
  for (let start = 0; start < unknown.length; start += ACCOUNTS_AT_ONCE) {
    const some = unknown.slice(start, start + ACCOUNTS_AT_ONCE);
    const found = await findUsers(db, some);
    for (const id of some) accounts.set(id, createdAt(found.get(id)));
    await breathe();
  }
  return said.map((one) => ({ ...one, created: one.people.map(createdOf) }));
}

/** Null for those whose word does not count: who is banned, and who is nobody. */
function createdAt(user: PublicUser | undefined): number | null {
  return user === undefined || user.bannedAt !== null ? null : user.createdAt;
}

function byPaper(heard: readonly Heard[], kind: Said['kind']): Map<PaperId, Heard> {
  return new Map(heard.flatMap((one) => (one.kind === kind ? [[one.paperId, one]] : [])));
}

/** As `countedPeople` of all that was said, at a fraction of its cost: voters are distinct, only commenters are looked up. */
function peopleOf(votes: Heard | undefined, comments: Heard | undefined, submitterId: string | null): Person[] {
  const people: Person[] = [];
  const commented = firstComments(comments);
  if (votes) addVoters(people, votes, commented, submitterId);
  addCommenters(people, commented, submitterId);
  return people;
}

interface FirstComment {
  at: number;
  created: number | null;
}

/** When each commented first. */
function firstComments(comments: Heard | undefined): Map<string, FirstComment> {
  if (comments === undefined) return new Map();
  const { people, times, created } = comments;
  return new Map(people.map((id, index) => [id, { at: times[index] ?? 0, created: created[index] ?? null }]));
}

/** Takes those who voted out of `commented`. */
function addVoters(
  people: Person[],
  votes: Heard,
  commented: Map<string, FirstComment>,
  submitterId: string | null,
): void {
  for (let index = 0; index < votes.people.length; index++) {
    const created = votes.created[index] ?? null;
    if (created === null) continue;
    let at = votes.times[index] ?? 0;
    if (commented.size > 0 || submitterId !== null) {
      const userId = votes.people[index] ?? '';
      if (userId === submitterId) continue;
      at = Math.min(at, commented.get(userId)?.at ?? at);
      commented.delete(userId);
    }
    people.push({ at, voted: true, accountAge: at - created });
  }
}

function addCommenters(
  people: Person[],
  commented: ReadonlyMap<string, FirstComment>,
  submitterId: string | null,
): void {
  for (const [userId, { at, created }] of commented) {
    if (created !== null && userId !== submitterId) people.push({ at, voted: false, accountAge: at - created });
  }
}
