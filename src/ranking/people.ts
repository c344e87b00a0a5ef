/** Who counts for a paper, and how much: everybody once, the submitter not at all. Pure. */

import type { Formula } from './formula.ts';
import { MS_PER_DAY } from './signals.ts';
import type { Deed, Signals } from './signals.ts';

export interface Person {
  /** Epoch ms of the first thing that they did: who comes back does not make it new again. */
  at: number;
  voted: boolean;
  /** Age of the account at `at`, in ms. */
  accountAge: number;
}

/** Something that weighs so many votes at the moment at which it happens. */
export interface Weight {
  at: number;
  votes: number;
}

export function countedPeople({ deeds, submitterId }: Pick<Signals, 'deeds' | 'submitterId'>): Person[] {
  const people = new Map<string, Person>();
  for (const deed of deeds) {
    if (deed.userId === submitterId) continue;
    const known = people.get(deed.userId);
    if (known === undefined) people.set(deed.userId, personOf(deed));
    else join(known, deed);
  }
  return [...people.values()];
}

function personOf({ at, kind, accountAge }: Deed): Person {
  return { at, voted: kind === 'vote', accountAge };
}

function join(person: Person, { at, kind, accountAge }: Deed): void {
  person.voted ||= kind === 'vote';
  if (at >= person.at) return;
  person.at = at;
  person.accountAge = accountAge;
}

export function isNewcomer({ accountAge }: Person, { establishedAfter }: Formula): boolean {
  return accountAge < establishedAfter * MS_PER_DAY;
}

export function votesOf({ accountAge, voted }: Person, { newcomer, establishedAfter, comment }: Formula): number {
  const trust = newcomer + (1 - newcomer) * (accountAge / MS_PER_DAY / establishedAfter);
  return Math.min(1, Math.max(newcomer, trust)) * (voted ? 1 : comment);
}

/**
 * Young accounts are cheap to make, so each further one counts less: the weightiest as it is, the second half, the
 * third a third. Whatever is added, no weight in the list of those that count becomes smaller by it.
 */
export function fading(weights: readonly Weight[], { halfLife }: Formula): readonly Weight[] {
  if (weights.length < 2) return weights;
  return weights
    .map(({ at, votes }) => ({ at, votes, height: at / MS_PER_DAY / halfLife + Math.log2(votes) }))
    .toSorted((a, b) => b.height - a.height)
    .map(({ at, votes }, index) => ({ at, votes: votes / (index + 1) }));
}
