/** Gathers who did something with papers, for the formula. */

import { setImmediate as breathe } from 'node:timers/promises';
import { findUsers } from '#accounts/store.ts';
import type { PublicUser } from '#accounts/user.ts';
import { listCommenters, listSignals, listVotes } from '#discussion/signals.ts';
import type { Papers, Signals as Said } from '#discussion/signals.ts';
import type { Appearance } from '#papers/appearances.ts';
import type { PaperId } from '#papers/paper.ts';
import { findStars } from '#papers/star-store.ts';
import { epochToDay } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import type { Person } from './people.ts';
import { MS_PER_DAY } from './signals.ts';
import type { StarGain } from './signals.ts';
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

/** What the formula looks at, of one paper. */
export interface Gathered {
  people: Person[];
  stars: StarGain | undefined;
}

/** Accounts read at once: some 5 ms on SQLite. */
const ACCOUNTS_AT_ONCE = 1_000;
/** Votes of one paper read at once: some 5 ms on SQLite. */
const VOTES_AT_ONCE = 4_000;
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
  await learn(db, gathering, said);
  const votes = byPaper(said, 'vote');
  const comments = byPaper(said, 'comment');
  const stars = await starsOf(db, papers, gathering);
  return new Map(
    papers.map(({ id, submitterId }) => {
      const people = peopleOf(votes.get(id), comments.get(id), submitterId, gathering);
      return [id, { people, stars: starGain(stars.get(id) ?? []) }];
    }),
  );
}

/** As `gather`, of one paper with very many votes: in parts. */
export async function gatherInParts(db: Db, paper: Appearance, gathering: Gathering): Promise<Gathered> {
  const said = await listCommenters(db, paper.id);
  await breathe();
  await learn(db, gathering, said);
  const commented = firstComments(said[0]);
  const people: Person[] = [];
  for (let after: string | undefined = ''; after !== undefined;) {
    const part = await listVotes(db, paper.id, VOTES_AT_ONCE, after);
    after = part.people.at(-1);
    await breathe();
    await learn(db, gathering, [part]);
    addVoters(people, part, commented, paper.submitterId, gathering);
    await breathe();
  }
  addCommenters(people, commented, paper.submitterId, gathering);
  const stars = await starsOf(db, [paper], gathering);
  return { people, stars: starGain(stars.get(paper.id) ?? []) };
}

async function starsOf(db: Db, papers: readonly Appearance[], { now }: Gathering) {
  const ids = papers.map(({ id }) => id);
  return await findStars(db, ids, epochToDay(now - STAR_DAYS * MS_PER_DAY));
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

function byPaper(said: readonly Said[], kind: Said['kind']): Map<PaperId, Said> {
  return new Map(said.flatMap((one) => (one.kind === kind ? [[one.paperId, one]] : [])));
}

/** As `countedPeople` of all that was said, at a fraction of its cost: voters are distinct, only commenters are looked up. */
function peopleOf(
  votes: Said | undefined,
  comments: Said | undefined,
  submitterId: string | null,
  gathering: Gathering,
): Person[] {
  const people: Person[] = [];
  const commented = firstComments(comments);
  if (votes) addVoters(people, votes, commented, submitterId, gathering);
  addCommenters(people, commented, submitterId, gathering);
  return people;
}

/** When each commented first. */
function firstComments(comments: Said | undefined): Map<string, number> {
  return new Map(comments?.people.map((id, index) => [id, comments.times[index] ?? 0]));
}

/** Takes those who voted out of `commented`. */
function addVoters(
  people: Person[],
  votes: Said,
  commented: Map<string, number>,
  submitterId: string | null,
  { accounts }: Gathering,
): void {
  for (let index = 0; index < votes.people.length; index++) {
    const userId = votes.people[index] ?? '';
    const created = accounts.get(userId);
    if (created === undefined || userId === submitterId) continue;
    let at = votes.times[index] ?? 0;
    if (commented.size > 0) {
      at = Math.min(at, commented.get(userId) ?? at);
      commented.delete(userId);
    }
    people.push({ at, voted: true, accountAge: at - created });
  }
}

function addCommenters(
  people: Person[],
  commented: ReadonlyMap<string, number>,
  submitterId: string | null,
  { accounts }: Gathering,
): void {
  for (const [userId, at] of commented) {
    const created = accounts.get(userId);
    if (created !== undefined && userId !== submitterId) people.push({ at, voted: false, accountAge: at - created });
  }
}
